"""What a person agrees to when sending a comment. The version is stored with each submission (PDPA section 19).

Change the words and the version together; earlier versions stay in the version history of this file.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CONSENT_VERSION = "2569-1"

# The layered notice: one sentence at the box, the rest one press away (PDPA section 23).
CONSENT_LINES = (
    (_("Who keeps it"), _("The office that runs this hearing, named at the foot of every page.")),
    (
        _("What we keep"),
        _("Your answers, your area, and your name and e-mail if you give them. No identity card number."),
    ),
    (
        _("What for"),
        _("To summarise the hearing, to answer you, and to show your comment here in the way you chose."),
    ),
    (
        _("For how long"),
        _("Name and e-mail are erased two years after the result. The comment itself stays."),
    ),
    (
        _("Your rights"),
        _(
            "Read, change or withdraw your comment with the receipt number and the edit code, "
            "or ask the office to erase your name at any time."
        ),
    ),
)
