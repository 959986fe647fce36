"""About the office: origin, objective, roles, duties, structure, staffing (requirement A006)."""

from __future__ import annotations

from demo.content.page_texts import Words
from demo.content.writing import h, note, ol, p, table, ul

ORDER_110 = (
    "citation",
    {
        "kind": "other",
        "title": "คำสั่งสำนักงานปลัดกระทรวงมหาดไทย ที่ 110/2551 เรื่อง จัดตั้งสำนักบริหารยุทธศาสตร์กลุ่มจังหวัด",
        "date": "2008-02-27",
        "volume": "",
        "url": "",
    },
)
ORDER_260 = (
    "citation",
    {
        "kind": "other",
        "title": "คำสั่งสำนักงานปลัดกระทรวงมหาดไทย ที่ 260/2551 เรื่อง มอบหมายเจ้าหน้าที่ปฏิบัติงานใน 10 กลุ่มจังหวัดนำร่อง",
        "date": "2008-05-16",
        "volume": "",
        "url": "",
    },
)

HISTORY = Words(
    slug="history",
    title="ความเป็นมา",
    summary="ทำไมจึงต้องมีสำนักงานเล็ก ๆ ที่คอยเชื่อมงานของหลายจังหวัดเข้าด้วยกัน และตั้งขึ้นเมื่อไร",
    picture=("about-history", "river"),
    body=[
        h("แผนดี แต่ทำไม่สำเร็จ"),
        p(
            "นักวิชาการสองคน คือ Robert S. Kaplan และ David P. Norton ศึกษาองค์กรจำนวนมาก แล้วพบว่าองค์กรร้อยละ 60–90 "
            "มียุทธศาสตร์ที่เขียนไว้ดี แต่นำไปทำจริงไม่สำเร็จ สาเหตุไม่ใช่เพราะคนไม่ขยัน แต่เพราะแต่ละฝ่ายต่างคนต่างทำ "
            "ต่างคนต่างรายงานหัวหน้าของตน ไม่มีใครคอยมองภาพรวมและเชื่อมงานเข้าหากัน"
        ),
        p(
            "ทั้งสองคนจึงเสนอให้มีหน่วยงานเล็ก ๆ ที่คล่องตัวหน่วยหนึ่ง ทำหน้าที่ดูแลเรื่องยุทธศาสตร์โดยตรง "
            "เรียกว่า Office of Strategy Management หรือ OSM หน่วยนี้ไม่ได้สั่งใคร แต่คอยประสาน คอยถามว่างานถึงไหน "
            "และคอยให้คนที่ทำเรื่องเดียวกันได้เล่าให้กันฟัง"
        ),
        h("มาเป็นสำนักงานของกลุ่มจังหวัด"),
        p(
            "สำนักงาน ก.พ.ร. และกระทรวงมหาดไทยเห็นร่วมกันว่า ปัญหาอย่างน้ำ ถนน หรือการท่องเที่ยว ไม่ได้หยุดอยู่ที่เขตจังหวัด "
            "กลุ่มจังหวัดจึงควรมีหน่วยงานระดับปฏิบัติที่เป็นเจ้าภาพประสานยุทธศาสตร์ แผนงาน และโครงการ "
            "และทำงานต่อกับหน่วยงานกลาง ได้แก่ สำนักนายกรัฐมนตรี สำนักงาน ก.พ.ร. สำนักงาน ก.พ. สำนักงบประมาณ และ สศช."
        ),
        table(
            "ลำดับเวลา",
            ["เมื่อไร", "เกิดอะไรขึ้น"],
            ["27 กุมภาพันธ์ 2551", "สำนักงานปลัดกระทรวงมหาดไทยมีคำสั่งที่ 110/2551 ให้จัดตั้งสำนักบริหารยุทธศาสตร์กลุ่มจังหวัด"],
            ["16 พฤษภาคม 2551", "คำสั่งที่ 260/2551 มอบหมายเจ้าหน้าที่ไปทำงานใน 10 กลุ่มจังหวัดนำร่อง"],
            ["ต่อจากนั้น", "อีก 8 กลุ่มจังหวัดใช้เจ้าหน้าที่ของสำนักงานจังหวัดหรือจ้างเพิ่มเพื่อเริ่มงานก่อน"],
        ),
        ORDER_110,
        ORDER_260,
    ],
    english=Words(
        slug="history",
        title="How it began",
        summary="Why several provinces need a small office that joins their work, and when it was set up.",
        body=[
            h("Good plans that were never carried out"),
            p(
                "Robert S. Kaplan and David P. Norton looked at many organisations and found that 60 to 90 per cent of "
                "them had a good strategy on paper and failed to carry it out. People did not lack effort: each unit "
                "worked and reported on its own, and nobody looked after the whole."
            ),
            p(
                "They proposed a small, agile unit that looks after strategy alone, the Office of Strategy Management "
                "(OSM). It gives no orders. It joins work, asks how far things are, and lets people who do the same "
                "thing tell each other about it."
            ),
            h("An office of the provincial cluster"),
            p(
                "The Public Sector Development Commission and the Ministry of Interior agreed that water, roads and "
                "tourism do not stop at a province's border, and that a cluster of provinces needs such an office. "
                "It works with the Prime Minister's Office, OPDC, the Civil Service Commission, the Budget Bureau and NESDC."
            ),
            table(
                "Time line",
                ["When", "What happened"],
                [
                    "27 February 2008",
                    "Order 110/2551 of the Permanent Secretary for Interior sets up the offices.",
                ],
                ["16 May 2008", "Order 260/2551 sends officers to 10 pilot clusters."],
                [
                    "After that",
                    "Eight more clusters begin with officers of the provincial offices or hired staff.",
                ],
            ),
        ],
    ),
)

OBJECTIVE = Words(
    slug="objective",
    title="วัตถุประสงค์",
    summary="เรามีไว้เพื่อให้ยุทธศาสตร์ของกลุ่มจังหวัดเกิดผลจริง ไม่ใช่อยู่แค่ในเล่มแผน",
    units=("strategy",),
    body=[
        p(
            "สำนักงานตั้งอยู่ในจังหวัดที่เป็นศูนย์ปฏิบัติการของกลุ่มจังหวัด เพื่อเป็นเจ้าภาพประสานงาน "
            "เชื่อมยุทธศาสตร์ของกลุ่มจังหวัดเข้ากับงานของแต่ละจังหวัด และผลักดันให้เกิดผล"
        ),
        p(
            "เราทำหน้าที่เป็นสำนักงานเลขานุการของคณะกรรมการบริหารงานกลุ่มจังหวัดแบบบูรณาการ (ก.บ.ก.) "
            "ซึ่งเมื่อเริ่มตั้งใช้ชื่อว่าคณะกรรมการแผนพัฒนาและงบประมาณในระดับกลุ่มจังหวัด (ก.พ.ก.)"
        ),
        h("วัดว่าสำเร็จจากอะไร"),
        ul(
            "โครงการในแผนของกลุ่มจังหวัดและของจังหวัดไปทางเดียวกัน ไม่ซ้ำ ไม่ขาดช่วง",
            "คนในพื้นที่ได้รู้และได้บอกความเห็นก่อนตัดสินใจ และเห็นว่าความเห็นถูกใช้อย่างไร",
            "บทเรียนจากโครงการที่จบแล้วไปถึงคนที่กำลังจะเริ่มโครงการคล้ายกัน",
        ),
    ],
    english=Words(
        slug="objective",
        title="Objective",
        summary="We are here so that the cluster's strategy becomes real and does not stay in a book.",
        body=[
            p(
                "The office stands in the operation-centre province of the cluster. It hosts the coordination, joins the "
                "cluster's strategy with the work of each province, and pushes it forward until there is a result."
            ),
            p(
                "It is the secretariat of the cluster administration committee (ก.บ.ก.), which at the beginning was called "
                "the cluster development plan and budget committee (ก.พ.ก.)."
            ),
            h("How we know that it works"),
            ul(
                "Projects of the cluster and of the provinces go the same way: none twice, none half.",
                "People know and speak before a decision, and see what was done with their words.",
                "Lessons of finished projects reach those who are about to begin a similar one.",
            ),
        ],
    ),
)

ROLES = Words(
    slug="role",
    title="บทบาท",
    summary="เราประสานและเชื่อมงาน ไม่มีอำนาจสั่งการ บทบาทของเรามี 5 ข้อ",
    units=("strategy",),
    picture=("about-role", "meeting"),
    body=[
        note(
            "บทบาทของเราคือประสานและบูรณาการ เราไม่มีอำนาจสั่งการตามกฎหมายว่าด้วยระเบียบบริหารราชการแผ่นดินหรือกฎหมายอื่น",
            "เราไม่ใช่ผู้สั่ง",
        ),
        ol(
            "<b>เป็นเจ้าภาพ</b> ประสาน เชื่อม และขับเคลื่อนยุทธศาสตร์และแผนพัฒนาของกลุ่มจังหวัด และถ่ายทอดเป้าหมายของกลุ่มไปเป็นเป้าหมายของแต่ละจังหวัด",
            "<b>รวมแผนเข้าด้วยกัน</b> ทั้งแผนงาน โครงการ และงบประมาณของกลุ่มจังหวัด",
            "<b>วัดผล</b> ดูแลการวัดผลการดำเนินงานของกลุ่มจังหวัด",
            "<b>ให้คนได้แลกเปลี่ยนกัน</b> ส่งเสริมการสื่อสาร ความรู้ และประสบการณ์ในการนำยุทธศาสตร์ไปทำจริง",
            "<b>ให้ประชาชนมีส่วนร่วม</b> พัฒนาวิธีที่ประชาชนในกลุ่มจังหวัดจะร่วมคิดและร่วมบอก",
        ),
        p(
            'เว็บไซต์นี้ทำขึ้นเพื่อบทบาทข้อ 4 และข้อ 5 โดยตรง ดู<a href="/hearings/">เรื่องที่กำลังรับฟังความเห็น</a> และ<a href="/knowledge/">คลังบทเรียน</a>'
        ),
    ],
    english=Words(
        slug="role",
        title="Role",
        summary="We coordinate and join work; we have no power to give orders. Our role has five parts.",
        body=[
            note(
                "Our role is to coordinate and integrate. No law gives us power to order anybody.",
                "We do not command",
            ),
            ol(
                "<b>Host</b>: coordinate, join and drive the cluster's strategy and development plan, and pass its goals on to each province.",
                "<b>Bring plans together</b>: programmes, projects and budgets of the cluster.",
                "<b>Measure</b> how the work is going.",
                "<b>Let people exchange</b> knowledge and experience of carrying out a strategy.",
                "<b>Let people take part</b>: improve the ways in which people of the cluster think along and speak up.",
            ),
            p(
                'This site serves parts 4 and 5: see the <a href="/en/hearings/">hearings</a> and the <a href="/en/knowledge/">lessons</a>.'
            ),
        ],
    ),
)

DUTIES = Words(
    slug="duties",
    title="หน้าที่",
    summary="งานประจำ 7 เรื่องของสำนักงาน ตั้งแต่งานเลขานุการจนถึงการรับฟังความคิดเห็น",
    units=("strategy", "monitoring"),
    body=[
        ol(
            "เป็นฝ่ายเลขานุการของคณะกรรมการของกลุ่มจังหวัด (ก.บ.ก. เดิมคือ ก.พ.ก.)",
            "ศึกษา วิเคราะห์ และจัดทำแผนพัฒนากลุ่มจังหวัด เชื่อมกลยุทธ์ระดับต่าง ๆ รวมแผนงานและงบประมาณ และเป็นศูนย์กลางข้อมูลยุทธศาสตร์ของกลุ่มจังหวัด",
            "ติดตามและประเมินผลตามยุทธศาสตร์ แล้วรายงานต่อคณะกรรมการ",
            "ประสานระหว่างจังหวัดในกลุ่ม กับกระทรวง ทบวง กรม เพื่อให้แผนพัฒนากลุ่มจังหวัด แผนพัฒนาจังหวัด และแผนปฏิบัติการไปด้วยกัน",
            "จัดประชุมหารือเพื่อทำแผน และขอรับความคิดเห็นและข้อเสนอแนะในเรื่องที่กระทบต่อประชาชนและพื้นที่ ส่งเสริมให้ทุกภาคส่วนได้ร่วมประชุมรับฟัง",
            "จัดทำและเผยแพร่ข้อมูล ความรู้ และข่าวสารของกลุ่มจังหวัด",
            "ทำงานอื่นที่คณะกรรมการมอบหมาย",
        ),
        h("หน้าที่ข้อ 5 บนเว็บไซต์นี้"),
        p(
            'ทุกเรื่องที่รับฟังมีวันเปิดและวันปิด มีเอกสารให้อ่าน ส่งความเห็นได้โดยไม่ต้องสมัครสมาชิก และเราประกาศผลพร้อมเหตุผล ดูที่<a href="/help/comment/">วิธีแสดงความเห็น</a>'
        ),
    ],
    english=Words(
        slug="duties",
        title="Duties",
        summary="Seven regular tasks of the office, from the secretariat to public hearings.",
        body=[
            ol(
                "Serve as secretariat of the cluster's committee.",
                "Study, analyse and write the cluster development plan; join tactics of all levels, programmes and budgets; be the centre of the cluster's strategy data.",
                "Follow and evaluate how the strategy is carried out, and report to the committee.",
                "Coordinate between the provinces, ministries and departments so that cluster plan, provincial plans and action plans fit together.",
                "Hold consultations on the plan and ask for opinions and proposals on what touches people and places; encourage hearings with every sector.",
                "Publish data, knowledge and news of the cluster.",
                "Do other work that the committee assigns.",
            ),
        ],
    ),
)

STRUCTURE = Words(
    slug="structure",
    title="การจัดองค์กร",
    summary="สังกัดสำนักงานปลัดกระทรวงมหาดไทย แบ่งงานเป็น 3 กลุ่ม",
    units=("admin",),
    body=[
        p(
            "สำนักงานเป็นหน่วยงานในสังกัดสำนักงานปลัดกระทรวงมหาดไทย รายงานตรงต่อปลัดกระทรวงมหาดไทย และอยู่ในบังคับบัญชาของผู้ประสานกลุ่มจังหวัด"
        ),
        h("งาน 3 กลุ่ม"),
        table(
            "ใครดูแลเรื่องอะไร",
            ["กลุ่ม", "ดูแลเรื่อง"],
            [
                "ฝ่ายบริหารทั่วไป",
                "งานสารบรรณ บุคคล การเงินและพัสดุ งานเลขานุการและการประชุม เผยแพร่ข้อมูลและแลกเปลี่ยนความรู้ในกลุ่มจังหวัด",
            ],
            [
                "กลุ่มพัฒนายุทธศาสตร์",
                "วิเคราะห์และจัดทำแผนและงบประมาณ ประสานโครงการ ฐานข้อมูลของกลุ่มจังหวัด การรับฟังความคิดเห็นและการมีส่วนร่วมของประชาชน",
            ],
            ["กลุ่มติดตามและประเมินผล", "ติดตามโครงการและการใช้จ่ายงบประมาณ ประเมินผล และเสนอวิธีแก้ปัญหาอุปสรรค"],
        ),
        h("จังหวัดในกลุ่ม"),
        p(
            "นครสวรรค์ (ศูนย์ปฏิบัติการกลุ่มจังหวัด) กำแพงเพชร พิจิตร และอุทัยธานี แต่ละจังหวัดมีผู้ประสานงานหนึ่งคนที่ใช้เว็บไซต์นี้ร่วมกับเรา"
        ),
    ],
    english=Words(
        slug="structure",
        title="Structure",
        summary="Under the Permanent Secretary for Interior; the work is divided into three units.",
        body=[
            p(
                "The office belongs to the Office of the Permanent Secretary for Interior, reports to the Permanent Secretary, and is directed by the cluster's coordinator."
            ),
            h("Three units"),
            table(
                "Who looks after what",
                ["Unit", "Looks after"],
                [
                    "General administration",
                    "Letters, staff, finance and supplies, meetings, publishing and exchange of knowledge",
                ],
                [
                    "Strategy development",
                    "Plans and budgets, coordination of projects, cluster database, hearings and participation",
                ],
                [
                    "Monitoring and evaluation",
                    "Progress and spending of projects, evaluation, proposals against obstacles",
                ],
            ),
            h("Provinces of the cluster"),
            p(
                "Nakhon Sawan (operation centre), Kamphaeng Phet, Phichit and Uthai Thani. Each has one coordinator who works with us on this site."
            ),
        ],
    ),
)

STAFFING = Words(
    slug="staffing",
    title="กรอบอัตรากำลัง",
    summary="สำนักงานเล็ก มีคนไม่เกิน 7 คน งานจึงต้องเรียบง่ายและทำซ้ำได้",
    units=("admin",),
    body=[
        p("ในระยะเริ่มต้นกำหนดให้มีอัตรากำลังไม่เกิน 7 อัตรา"),
        table(
            "อัตรากำลัง",
            ["ประเภท", "จำนวน"],
            ["ข้าราชการ", "4 อัตรา"],
            ["พนักงานราชการ", "3 อัตรา"],
            ["รวม", "ไม่เกิน 7 อัตรา"],
        ),
        p(
            "ใน 10 กลุ่มจังหวัดนำร่อง มีการมอบหมายเจ้าหน้าที่ระดับ 6–7 มาทำงาน และให้หัวหน้าสำนักงานจังหวัดที่สำนักงานตั้งอยู่ "
            "ทำหน้าที่หัวหน้าสำนักบริหารยุทธศาสตร์กลุ่มจังหวัดอีกหน้าที่หนึ่ง ส่วนอีก 8 กลุ่มจังหวัด ใช้เจ้าหน้าที่ของสำนักงานจังหวัดหรือหน่วยงานอื่น "
            "หรือจ้างผู้จบปริญญาโท 2 อัตรา และปริญญาตรี 1 อัตรา เพื่อเริ่มงานไปก่อน"
        ),
        note("เมื่อคนน้อย เราจึงใช้เว็บไซต์นี้ช่วยรับเรื่อง นับวัน และเตือนงาน ท่านส่งความเห็นครั้งเดียว ไม่ต้องตามถามหลายที่"),
        ORDER_260,
    ],
    english=Words(
        slug="staffing",
        title="Staffing",
        summary="A small office of at most seven people, so work must be simple and repeatable.",
        body=[
            p("At the beginning the office was given at most seven posts."),
            table(
                "Posts",
                ["Kind", "Number"],
                ["Civil servants", "4"],
                ["Government employees", "3"],
                ["Together", "at most 7"],
            ),
            p(
                "In the 10 pilot clusters officers of level 6 to 7 were assigned, and the head of the provincial office also "
                "heads this office. The other eight clusters began with officers of the provincial or other offices, or "
                "hired two people with a master's and one with a bachelor's degree."
            ),
        ],
    ),
)

ABOUT = Words(
    slug="about",
    title="เกี่ยวกับสำนักงาน",
    summary="สำนักงานเล็ก ๆ ที่ช่วยให้ 4 จังหวัดทำงานไปด้วยกัน และให้ประชาชนได้ร่วมคิดก่อนรัฐตัดสินใจ",
    units=("admin", "strategy"),
    picture=("about", "plan"),
    body=[
        p(
            "เราคือสำนักงานบริหารยุทธศาสตร์กลุ่มจังหวัดภาคเหนือตอนล่าง 2 ดูแลนครสวรรค์ กำแพงเพชร พิจิตร และอุทัยธานี "
            "เราประสานแผนและโครงการของทั้งสี่จังหวัด จัดรับฟังความเห็น ติดตามผล และเก็บบทเรียนไว้ให้คนรุ่นต่อไปใช้"
        ),
        p('อยากถามหรือแวะมา ดู<a href="/contact/">ที่อยู่และวิธีติดต่อ</a>'),
    ],
    english=Words(
        slug="about",
        title="About the office",
        summary="A small office that helps four provinces work together and lets people think along before the state decides.",
        body=[
            p(
                "We are the Office of Strategy Management of the Lower Northern Provincial Cluster 2: Nakhon Sawan, "
                "Kamphaeng Phet, Phichit and Uthai Thani. We coordinate the plans and projects of the four provinces, hold "
                "hearings, follow results and keep lessons for those who come after us."
            ),
            p('To ask or to visit, see <a href="/en/contact/">address and contact</a>.'),
        ],
    ),
    children=(HISTORY, OBJECTIVE, ROLES, DUTIES, STRUCTURE, STAFFING),
)
