"""Ticked boxes of a scanned paper form, read from its picture and proposed to whoever types it (P109).

``plane`` says where a place of the sheet lies in the picture, ``corners`` finds the printed squares, ``boxes`` looks
into each box, ``proposals`` says what that means for the fields. Handwriting is left to people.
"""
