"""Questions people ask at the counter (requirement A008): category, then question and answer in Thai and English."""

from __future__ import annotations

QUESTIONS: dict[tuple[str, str], list[tuple[str, str, str, str]]] = {
    ("การแสดงความเห็น", "Commenting"): [
        (
            "ต้องสมัครสมาชิกก่อนแสดงความเห็นไหม",
            "ไม่ต้อง ท่านเลือกเรื่อง เขียนความเห็น ตรวจทาน แล้วส่งได้เลย ระบบจะให้เลขใบรับ 12 ตัวไว้ตรวจดูภายหลัง",
            "Do I need an account to comment?",
            "No. Choose a hearing, write, check and send. You get a receipt number of 12 digits to come back with.",
        ),
        (
            "ไม่บอกชื่อได้ไหม คนอื่นจะรู้ไหมว่าเป็นใคร",
            "ไม่บอกชื่อก็ส่งได้ ถ้าบอกชื่อ เราจะไม่แสดงต่อคนอื่นเว้นแต่ท่านเลือกให้แสดง และเราไม่ขอเลขบัตรประชาชน",
            "Can I comment without my name?",
            "Yes. If you give a name, we show it only when you choose so. We never ask for an identity card number.",
        ),
        (
            "ส่งไปแล้วแก้หรือถอนได้ไหม",
            "ได้จนกว่าจะปิดรับ เปิดหน้าตรวจใบรับ ใส่เลขใบรับและรหัสแก้ไข แล้วเลือกแก้ไขหรือถอน ฉบับเดิมยังเก็บไว้เป็นประวัติ",
            "Can I change or withdraw a comment?",
            "Yes, until the hearing closes. Open the receipt page, give the receipt number and the edit code, and choose. The earlier version stays in the record.",
        ),
        (
            "ไม่มีอินเทอร์เน็ตหรือพิมพ์ไม่ถนัด ทำอย่างไร",
            "โทร 056 000 123 เราจดให้และอ่านทวน หรือรับแบบกระดาษที่ผู้ใหญ่บ้านหรือ อบต. หรือมาพูดในที่ประชุมรับฟัง ทุกทางได้เลขใบรับเหมือนกันและนับเท่ากัน",
            "What if I have no internet or cannot type?",
            "Call 056 000 123 and we write it down, fill in a paper form at the village head's, or speak at the meeting. All count the same and all get a receipt number.",
        ),
    ],
    ("ใบรับและผลการรับฟัง", "Receipts and results"): [
        (
            "ทำเลขใบรับหาย ทำอย่างไร",
            "ถ้าให้อีเมลไว้ ค้นคำว่า ใบรับ ในอีเมล ถ้าไม่มี โทรหาเราพร้อมบอกเรื่อง วันที่ส่ง และเนื้อหาคร่าว ๆ เจ้าหน้าที่จะช่วยหาให้",
            "I lost my receipt number. What now?",
            "Look in your e-mail if you gave one. Otherwise call us with the subject, the day and roughly what you wrote; an officer helps you find it.",
        ),
        (
            "ผลจะประกาศเมื่อไร",
            "ภายใน 15 วันหลังปิดรับ วันครบกำหนดแสดงอยู่ในหน้าของเรื่องนั้น ถ้าช้ากว่ากำหนด หน้านั้นจะบอกเหตุผล",
            "When is the result published?",
            "Within 15 days after closing. The due day stands on the page of the hearing; if it is late, the page says why.",
        ),
        (
            "ถ้าคนส่วนใหญ่ไม่เห็นด้วย โครงการจะหยุดไหม",
            "การรับฟังไม่ใช่การลงคะแนน แต่หน่วยงานต้องตอบทุกข้อเสนอว่ารับ รับบางส่วน หรือไม่รับ พร้อมเหตุผล และต้องบอกว่าจะแก้ผลกระทบอย่างไร",
            "Does a project stop if most people are against it?",
            "A hearing is not a vote. But the office must answer each proposal: accepted, partly or not, with the reason, and say how harm will be reduced.",
        ),
    ],
    ("บทเรียนและเครือข่าย", "Lessons and network"): [
        (
            "ใครส่งบทเรียนได้บ้าง",
            "ทุกคนที่ได้ทำจริง ทั้งผู้นำชุมชน เจ้าหน้าที่ท้องถิ่น ผู้ประกอบการ ครู และนักวิชาการ สมัครบัญชีด้วยอีเมลแล้วเล่าได้เลย",
            "Who may send a lesson?",
            "Everyone who did something: community leaders, local officers, businesses, teachers, researchers. Make an account with your e-mail and tell it.",
        ),
        (
            "เรื่องที่ทำพลาด เล่าแล้วจะเดือดร้อนไหม",
            "เลือกไม่เปิดเผยชื่อคนและสถานที่ได้ เจ้าหน้าที่อ่านก่อนเผยแพร่เพื่อดูว่าไม่มีข้อมูลที่ระบุตัวคนอื่น และเราเผยแพร่เพื่อให้เรียนรู้",
            "Will I get into trouble for telling what went wrong?",
            "You can hide people and places. An officer reads it first so that nobody can be recognised. It is published for learning.",
        ),
        (
            "นำบทเรียนหรือข้อมูลไปใช้ต่อได้ไหม",
            "ได้ ข้อความและข้อมูลใช้ต่อได้โดยอ้างที่มา ส่วนภาพถ่ายต้องขอเจ้าของก่อน ถ้าท่านนำบทเรียนไปใช้ โปรดกลับมาบอกผล จะเป็นประโยชน์กับคนต่อไป",
            "May I reuse lessons and data?",
            "Yes, texts and data with credit; ask the owner for photographs. If you use a lesson, please come back and tell us how it went.",
        ),
    ],
    ("การใช้เว็บไซต์", "Using this site"): [
        (
            "ตัวหนังสือเล็กไป ทำให้ใหญ่ได้ไหม",
            "กดตัว ก ที่หัวเว็บไซต์ มี 3 ขนาด เว็บไซต์จะจำไว้ให้ในเครื่องของท่าน",
            "Can I make the letters larger?",
            "Press one of the three ก at the top of the page. The site remembers your choice.",
        ),
        (
            "ลืมรหัสผ่าน",
            "ตั้งใหม่ทางอีเมลได้เองจากหน้าลงชื่อเข้าใช้ ถ้าเข้าอีเมลไม่ได้ โทรหาเรา เจ้าหน้าที่จะออกรหัสใช้ครั้งเดียวให้หลังจากยืนยันตัวท่าน",
            "I forgot my password.",
            "Set a new one by e-mail from the sign-in page. Without access to your e-mail, call us: an officer gives you a code for one use.",
        ),
        (
            "ใช้บนโทรศัพท์ราคาถูกหรือสัญญาณอ่อนได้ไหม",
            "ได้ หน้าเว็บเล็กและไม่ต้องใช้แอป ถ้าสัญญาณขาดตอนส่ง ข้อความยังอยู่ในเครื่อง กดส่งอีกครั้งได้ ไม่นับซ้ำ",
            "Does it work on a cheap phone or a weak signal?",
            "Yes. Pages are small and no app is needed. If the signal breaks while sending, your text stays; press again, it counts once.",
        ),
    ],
}
