"""Forms of the public side. Each answers one question; the dossier joins the three steps of a comment."""
