"""What static/js/field*.js say, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hearings.forms.phone_posting import NEED_PHOTO


def field_words() -> dict[str, str]:
    """%n is a number, %t a time."""
    return {
        "offline": _("No signal"),
        "online": _("There is signal"),
        "unsent": _("%n not sent yet"),
        "nothing": _("Everything is sent"),
        "ready": _("This phone is ready for work without signal."),
        "sending": _("Sending %n …"),
        "sent": _("%n sent to the office."),
        "failed": _("Not sent: there is no signal. It stays on this phone."),
        "sign_in": _("Your sign-in has ended. Sign in again; nothing on this phone is lost."),
        "draft": _("Not finished"),
        "waiting": _("Ready to send"),
        "wrong": _("Needs correcting"),
        "village": _("Village talk"),
        "person": _("One person"),
        "board": _("Notice board"),
        "village_no": _("Village %n"),
        "hands": _("%n people"),
        "changed": _("last change %t"),
        "photo": _("photo %n KB"),
        "confirm": _("Delete this from the phone? It was not sent and cannot be brought back."),
        "others": _("%n written by another person on this phone. Only that person can send it."),
        "gone": _("This entry is no longer on this phone. It was sent or deleted."),
        "need_district": _("Choose the district of the talk."),
        "need_day": _("Write the day of the talk."),
        "need_people": _("Write how many people were there."),
        "hands_more": _("More hands were counted than people were there. Count again."),
        "hands_more_section": _("Section %n: more hands were counted than people were there. Count again."),
        "need_kind": _("Choose what kind of place it is."),
        "need_place": _("Say where it hangs."),
        "need_photo": str(NEED_PHOTO),
        "need_posted": _("Write the day it was posted."),
        "need_stance": _("Person %n: choose one of the four answers."),
        "need_consent": _("Person %n: ask whether the words may be written down, or take them out."),
        "summary": _("Not ready to send. Please correct:"),
        "no_store": _("This browser cannot keep anything on the phone. Use the ordinary form."),
    }
