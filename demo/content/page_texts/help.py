"""Help pages (requirement A012)."""

from __future__ import annotations

from demo.content.page_texts import Words
from demo.content.writing import h, note, ol, p, ul

COMMENT = Words(
    slug="comment",
    title="วิธีแสดงความเห็น",
    summary="ส่งความเห็นได้ใน 3 ขั้น ไม่ต้องสมัครสมาชิก ใช้เวลาประมาณ 5 นาที",
    units=("strategy",),
    picture=("help-comment", "village"),
    body=[
        h("3 ขั้น"),
        ol(
            '<b>เลือกเรื่อง</b> ไปที่<a href="/hearings/">เรื่องที่รับฟังความเห็น</a> อ่านสรุปหนึ่งหน้าก่อน อยากรู้มากกว่านั้นค่อยเปิดร่างฉบับเต็ม',
            "<b>บอกความเห็น</b> กด “แสดงความเห็น” บอกว่าท่านคิดอย่างไร เพราะอะไร และอยากเสนออะไร ตอบเท่าที่อยากตอบ",
            "<b>ตรวจทานแล้วส่ง</b> อ่านอีกครั้ง แก้ได้ทุกข้อ แล้วกดส่ง",
        ),
        h("ได้อะไรกลับไป"),
        ul(
            "เลขใบรับ 12 ตัว และรหัสแก้ไข จดไว้หรือถ่ายรูปหน้าจอ",
            'ใช้เลขใบรับ<a href="/r/">ตรวจดูคำตอบ</a> แก้ไข หรือถอนความเห็นได้จนกว่าจะปิดรับ',
            "เมื่อประกาศผล ท่านจะเห็นว่าข้อเสนอถูกรับ รับบางส่วน หรือยังไม่รับ และเพราะอะไร",
        ),
        note("ชื่อของท่านจะไม่แสดงต่อคนอื่น เว้นแต่ท่านเลือกให้แสดง และเราไม่ขอเลขบัตรประชาชน", "ไม่ต้องบอกชื่อก็ส่งได้"),
        h("ไม่ถนัดพิมพ์"),
        p(
            'โทรมาเล่าให้เจ้าหน้าที่ฟังได้ เราจดให้และอ่านทวนก่อนบันทึก หรือกรอกแบบกระดาษฝากผู้ใหญ่บ้านส่ง ดู<a href="/help/call/">โทรหาสำนักงาน</a>'
        ),
    ],
    english=Words(
        slug="comment",
        title="How to comment",
        summary="Three steps, no account, about five minutes.",
        body=[
            h("Three steps"),
            ol(
                '<b>Choose a subject</b> under <a href="/en/hearings/">Hearings</a>. Read the one-page summary first; the full draft is one tap further.',
                "<b>Say what you think</b>: your opinion, why, and what you propose. Answer as much as you like.",
                "<b>Check and send.</b> Read it once more; everything can be changed before you send.",
            ),
            h("What you get"),
            ul(
                "A receipt number of 12 digits and an edit code. Write them down or take a picture.",
                'With the number you can <a href="/en/r/">read our answer</a>, change or withdraw the comment until the hearing closes.',
                "When the result is published you see whether a proposal was accepted, partly accepted or not, and why.",
            ),
            note(
                "Your name is shown to others only if you choose so. We never ask for an identity card number.",
                "No name is needed",
            ),
        ],
    ),
)

LESSON = Words(
    slug="lesson",
    title="วิธีส่งบทเรียน",
    summary="เล่าเรื่องที่ได้ผลหรือเรื่องที่พลาด ให้คนที่กำลังจะทำแบบเดียวกันได้รู้ก่อน",
    units=("strategy", "monitoring"),
    body=[
        p("บทเรียนมีสองแบบ แบบอย่างที่ดี คือสิ่งที่ได้ผลและน่าทำตาม ข้อพึงระวัง คือสิ่งที่พลาดหรือเสียดายภายหลัง ทั้งสองแบบมีค่าเท่ากัน"),
        ol(
            '<a href="/accounts/login/">ลงชื่อเข้าใช้</a>ด้วยอีเมล ถ้ายังไม่มีบัญชี สมัครได้จากหน้าเดียวกัน',
            'เปิด<a href="/knowledge/">คลังบทเรียน</a> แล้วกดเล่าบทเรียน',
            "ตอบทีละข้อ: เรื่องเป็นอย่างไร ปัญหาคืออะไร ทำอะไรไป ผลเป็นอย่างไร ถ้าเริ่มใหม่จะทำอะไรต่างไป",
            "แนบรูปหรือเอกสารถ้ามี แล้วส่ง เจ้าหน้าที่จะอ่านและติดต่อกลับถ้าต้องถามเพิ่ม",
        ),
        note(
            "เรื่องที่พลาดเล่าได้โดยไม่เปิดเผยชื่อและสถานที่ เลือกได้ตอนส่ง เราเผยแพร่เพื่อให้เรียนรู้ ไม่ใช่เพื่อหาคนผิด",
            "ไม่เปิดเผยชื่อก็ได้",
        ),
    ],
    english=Words(
        slug="lesson",
        title="How to send a lesson",
        summary="Tell what worked or what went wrong, so that the next one knows before beginning.",
        body=[
            p(
                "A good practice worked and is worth repeating. A caution went wrong or was regretted. Both are worth the same."
            ),
            ol(
                '<a href="/en/accounts/login/">Sign in</a> with your e-mail, or make an account on the same page.',
                'Open the <a href="/en/knowledge/">lessons</a> and choose to tell one.',
                "Answer step by step: what was the case, the problem, what you did, the result, what you would do differently.",
                "Add pictures or documents if you have them, and send. An officer reads it and asks back if needed.",
            ),
            note(
                "A story of something that went wrong can be told without names and places. You choose when you send it.",
                "Without names if you wish",
            ),
        ],
    ),
)

PASSWORD = Words(
    slug="password",
    title="ลืมรหัสผ่าน",
    summary="ตั้งรหัสผ่านใหม่ได้เองทางอีเมล หรือให้เจ้าหน้าที่ช่วย",
    body=[
        p("การอ่านและแสดงความเห็นไม่ต้องใช้รหัสผ่าน รหัสผ่านใช้เฉพาะเจ้าหน้าที่และผู้ส่งบทเรียน"),
        h("ทำเองทางอีเมล"),
        ol(
            'เปิดหน้า<a href="/accounts/password/reset/">ตั้งรหัสผ่านใหม่</a> แล้วพิมพ์อีเมลที่ใช้สมัคร',
            "เปิดอีเมลที่เราส่งไป จะมีรหัสสั้น ๆ นำมากรอกในหน้าเดิม ถ้าไม่เจอ ดูในกล่องจดหมายขยะ",
            "ตั้งรหัสผ่านใหม่ ใช้คำหลายคำที่จำง่ายต่อกัน ยาวกว่า 8 ตัว",
        ),
        h("เข้าอีเมลไม่ได้"),
        p(
            'โทรหาเราในวันราชการ เจ้าหน้าที่จะถามเพื่อยืนยันตัวท่าน แล้วออกรหัสใช้ครั้งเดียวให้ ดู<a href="/help/call/">โทรหาสำนักงาน</a>'
        ),
    ],
    english=Words(
        slug="password",
        title="Forgotten password",
        summary="Set a new one by e-mail, or let an officer help.",
        body=[
            p("Reading and commenting need no password. Only staff and people who send lessons have one."),
            ol(
                'Open <a href="/en/accounts/password/reset/">set a new password</a> and type the e-mail of your account.',
                "We send a short code. Type it on the same page. Look in the spam folder if it is not there.",
                "Choose a new password: several easy words together, longer than 8 letters.",
            ),
            p(
                'No access to your e-mail? <a href="/en/help/call/">Call us</a>; an officer checks who you are and gives you a code for one use.'
            ),
        ],
    ),
)

CALL = Words(
    slug="call",
    title="โทรหาสำนักงาน",
    summary="โทร 056 000 123 วันราชการ 08.30–16.30 น. เล่าให้ฟัง เราจดให้",
    body=[
        p('<a href="tel:056000123">โทร 056 000 123</a> ในวันราชการ 08.30–16.30 น.'),
        h("เราช่วยอะไรได้ทางโทรศัพท์"),
        ul(
            "อ่านสรุปเรื่องที่กำลังรับฟังให้ฟัง",
            "จดความเห็นแทนท่าน อ่านทวนให้ฟังก่อนบันทึก แล้วบอกเลขใบรับ",
            "ดูสถานะความเห็นจากเลขใบรับ",
            "ส่งแบบกระดาษไปให้ หรือบอกว่าขอได้ที่ไหนใกล้บ้าน",
            "ช่วยเรื่องบัญชีและรหัสผ่าน",
        ),
        h("นอกเวลา"),
        p('<a href="/contact/">เขียนถึงเรา</a>ได้ตลอดเวลา ท่านจะได้เลขเรื่อง และเราตอบภายใน 7 วันทำการ'),
    ],
    english=Words(
        slug="call",
        title="Call the office",
        summary="056 000 123, working days 08:30–16:30. Tell us, and we write it down.",
        body=[
            p(
                '<a href="tel:056000123">Call 056 000 123</a> on working days, 08:30–16:30. Officers speak Thai.'
            ),
            h("What we can do for you by telephone"),
            ul(
                "Read you the summary of a hearing.",
                "Write your comment down, read it back before we record it, and tell you the receipt number.",
                "Look up a comment by its receipt number.",
                "Send you a paper form, or tell you where to get one.",
                "Help with your account and password.",
            ),
            p(
                'At other times <a href="/en/contact/">write to us</a>: you get a number, and an answer within 7 working days.'
            ),
        ],
    ),
)

HELP = Words(
    slug="help",
    title="ช่วยเหลือ",
    summary="ทำอะไรไม่ถูก เริ่มจากหน้านี้ หรือโทรหาเรา",
    body=[
        p('คำถามสั้น ๆ ที่มีคนถามบ่อย อยู่ที่<a href="/faq/">ถามตอบ</a>'),
        h("อ่านไม่สะดวก"),
        ul(
            "กดตัว ก สามขนาดที่หัวเว็บไซต์ เพื่อให้ตัวอักษรใหญ่ขึ้น เว็บไซต์จะจำไว้ให้",
            "ทุกหน้าใช้ได้ด้วยแป้นพิมพ์และโปรแกรมอ่านหน้าจอ และใช้ได้แม้สัญญาณอ่อน",
            "หน้าจอมืดตามที่ตั้งไว้ในเครื่องของท่าน",
        ),
    ],
    english=Words(
        slug="help",
        title="Help",
        summary="Not sure how? Begin here, or call us.",
        body=[
            p('Short answers to frequent questions are under <a href="/en/faq/">Questions and answers</a>.'),
            h("Hard to read?"),
            ul(
                "Press one of the three ก at the top to make letters larger. The site remembers it.",
                "Every page works with the keyboard and with screen readers, and on a weak signal.",
                "The page turns dark if your device is set so.",
            ),
        ],
    ),
    children=(COMMENT, LESSON, PASSWORD, CALL),
)
