"""Words of plans explained for villagers: (word, other forms, English word, meaning, meaning in English)."""

from __future__ import annotations

WORDS: tuple[tuple[str, str, str, str, str], ...] = (
    ("กลุ่มจังหวัด", "กลุ่มจังหวัดภาคเหนือตอนล่าง 2", "provincial cluster",
     "หลายจังหวัดที่อยู่ติดกันและวางแผนพัฒนาร่วมกัน กลุ่มของเรามีกำแพงเพชร พิจิตร นครสวรรค์ และอุทัยธานี",
     "Neighbouring provinces that plan together. Ours are Kamphaeng Phet, Phichit, Nakhon Sawan and Uthai Thani."),
    ("แผนพัฒนากลุ่มจังหวัด", "", "cluster development plan",
     "เอกสารที่บอกว่าห้าปีข้างหน้ากลุ่มจังหวัดจะทำเรื่องใดก่อน เพราะอะไร และใช้เงินจากไหน",
     "Says what the cluster does first in the next five years, why, and with which money."),
    ("แผนปฏิบัติราชการประจำปี", "แผนปฏิบัติราชการ", "annual action plan",
     "รายการโครงการที่ขอทำในปีงบประมาณเดียว พร้อมจำนวนเงินและหน่วยงานที่ทำ",
     "The projects asked for in one fiscal year, with the money and the agency that does each."),
    ("ประเด็นยุทธศาสตร์", "ประเด็นการพัฒนา", "strategy issue",
     "เรื่องใหญ่ที่กลุ่มจังหวัดเลือกทำก่อน เช่น น้ำ ข้าว ท่องเที่ยว", "A large matter the cluster works on first, such as water, rice or tourism."),
    ("ตัวชี้วัด", "", "indicator",
     "ตัวเลขที่ใช้ดูว่างานได้ผลหรือไม่ เช่น มีน้ำใช้เพิ่มกี่ครัวเรือน", "A number that tells whether the work helps, such as how many households have water."),
    ("ปีงบประมาณ", "", "fiscal year",
     "ปีที่ราชการใช้นับเงิน เริ่ม 1 ตุลาคม จบ 30 กันยายน", "The government's year for money: 1 October to 30 September."),
    ("ผู้มีส่วนได้เสีย", "ผู้มีส่วนได้ส่วนเสีย", "people affected",
     "คนที่ได้ประโยชน์หรือเดือดร้อนจากเรื่องนี้ รวมทั้งคนที่อยู่ใกล้และคนที่ทำมาหากินที่นั่น",
     "Those who gain or suffer from the matter, also those who live or work nearby."),
    ("การเยียวยา", "มาตรการเยียวยา", "remedy",
     "การช่วยหรือชดเชยคนที่เดือดร้อนจากโครงการ", "Help or payment for those a project harms."),
    ("หน่วยงานรับผิดชอบ", "เจ้าภาพ", "lead agency",
     "หน่วยงานที่ลงมือทำและตอบคำถามเรื่องนี้", "The agency that does the work and answers for it."),
    ("อปท.", "องค์กรปกครองส่วนท้องถิ่น", "local government",
     "เทศบาล องค์การบริหารส่วนตำบล และองค์การบริหารส่วนจังหวัด", "Municipalities, sub-district and provincial administrative organisations."),
    ("ประชาพิจารณ์", "", "public hearing meeting",
     "เวทีที่เชิญคนในพื้นที่มาฟังและพูดก่อนตัดสินใจ", "A meeting where people of the area listen and speak before a decision."),
    ("แก้มลิง", "", "water retention basin",
     "ที่ลุ่มสำหรับพักน้ำหลากไว้ แล้วปล่อยหรือเก็บไว้ใช้หน้าแล้ง", "Low land that holds flood water, to be let out later or kept for the dry season."),
)  # fmt: skip
