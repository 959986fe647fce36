"""The demo serves the cluster of Nakhon Sawan, Kamphaeng Phet, Phichit and Uthai Thani."""

from __future__ import annotations

from wagtail.models import Site

from geography.models import Cluster, SiteCluster


def load() -> None:
    """Safe to repeat: a cluster chosen in the admin stays."""
    setting = SiteCluster.for_site(Site.objects.get(is_default_site=True))
    if setting.cluster_id is None:
        setting.cluster = Cluster.objects.get(slug="north-lower-2")
        setting.save()
