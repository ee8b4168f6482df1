"""Realistic contexts for every template, in Korean and English: what the server will hand over, by hand.

`pages(lang, t)` gives {file name: (template, context)}. The scene: a fictitious stamping shop, 24 July 2026, 10:42 in Korea.
"""

import math
import random
from datetime import datetime, timedelta, timezone

SEOUL = timezone(timedelta(hours=9))
NOW = datetime.now(SEOUL).replace(microsecond=0)


def pages(lang, t):
    """Every page of the preview."""
    ko = lang == "ko"

    def say(korean, english):
        return korean if ko else english

    def time(seconds_ago, ago=True):
        moment = NOW - timedelta(seconds=seconds_ago)
        text = f"{moment.month}월 {moment.day}일 {moment:%H:%M:%S}" if ko else f"{moment:%d %b %H:%M:%S}"
        result = {"iso": moment.isoformat(), "text": text}
        if ago:
            result["ago"] = (
                say(f"{seconds_ago}초 전", f"{seconds_ago} s ago") if seconds_ago < 90
                else say(f"{round(seconds_ago / 60)}분 전", f"{round(seconds_ago / 60)} min ago") if seconds_ago < 5400
                else say(f"{round(seconds_ago / 3600)}시간 전", f"{round(seconds_ago / 3600)} h ago"))
        return result

    def badge(kind, label):
        return {"kind": kind, "label": label}

    def priority(level):
        return {"level": str(level), "label": t[f"priority_{level}"]}

    press2 = say("프레스 2호기", "Press 2")
    furnace = say("주조 유도로 1호기", "Induction furnace 1")
    cold = say("냉동 창고 B구역", "Cold store, zone B")
    pump = say("냉각수 펌프 3호기", "Coolant pump 3")
    host = say("이 서버", "This machine")

    def alarm(number, level, state, thing, why, seconds, ack=True, clear=False, **more):
        row = {
            "id": f"a{number}", "href": "alarm.html", "priority": priority(level), "state": state, "thing": thing,
            "thing_href": "machine.html", "why": why, "since": time(seconds), "trace_href": "trace.html", **more}
        if ack:
            row["ack"] = {"action": "/alarms/x/acknowledge", "readback": say(f"{thing} 경보를 확인한 것으로 남깁니다.", f"The alarm of {thing} will be marked as acknowledged by you.")}
        if clear:
            row["clear"] = {"action": "/alarms/x/clear", "readback": say(f"{thing} 경보를 해제합니다.", f"The alarm of {thing} will be cleared.")}
        return row

    unacked = badge("danger", say("미확인 · 진행 중", "Unacknowledged · active"))
    acked = badge("info", say("확인함 · 진행 중", "Acknowledged · active"))
    back = badge("warn", say("미확인 · 정상 복귀", "Unacknowledged · back to normal"))
    alarms = [
        alarm(1, 1, unacked, press2, say("진동 속도 7.8 mm/s, 예상 1.2~2.4 mm/s를 5회 중 4회 넘었습니다.", "Vibration 7.8 mm/s, above the expected 1.2–2.4 mm/s in 4 of 5 readings."), 42),
        alarm(2, 2, unacked, furnace, say("냉각수 출구 온도 61.4 °C, 한계 60 °C를 넘었습니다.", "Coolant outlet 61.4 °C, above the limit of 60 °C."), 310, count="6"),
        alarm(3, 2, acked, cold, say("실내 온도 −14.1 °C, 예상 −19.0~−17.2 °C보다 높습니다.", "Room temperature −14.1 °C, above the expected −19.0 to −17.2 °C."), 1900, ack=False, clear=True),
        alarm(4, 3, back, pump, say("토출 압력 0.38 bar, 예상 0.05~0.06 bar에서 벗어났다가 돌아왔습니다.", "Discharge pressure left the expected 0.05–0.06 bar and came back."), 5400, replay=True),
    ]
    menu_of = {
        "home": "menu_home", "alarms": "menu_alarms", "readings": "menu_readings", "things": "menu_things",
        "record": "menu_record", "ai-uses": "menu_ai", "audit": "menu_audit", "tokens": "menu_tokens"}

    def page(here, title, crumbs=(), signed_in=True, **content):
        menu = [{"href": f"{name}.html", "label": t[key], "current": name == here, **({"count": "2"} if name == "alarms" else {})} for name, key in menu_of.items()]
        return {
            "lang": lang, "t": t, "title": title, "district": say("가온시 산업지구", "Gaon industrial district"),
            "menu": menu if signed_in else [], "breadcrumbs": [{"label": t["menu_home"], "href": "home.html"}, *crumbs, {"label": title}] if here != "home" and signed_in else [],
            "csrf": "3f9c2a", "sample": True, "other_lang_href": "?lang=en" if ko else "?lang=ko", "other_lang_label": "English" if ko else "한국어",
            "live": "/live", "now": time(0, ago=False), "version": "0.1.0",
            **({"user": {"name": say("김영숙", "Kim Youngsook"), "role": t["role_zone_officer"], "initials": say("김", "KY"), "sign_out_action": "/sign-out"}} if signed_in else {}),
            **content}

    # ---- charts and tables
    generator = random.Random(7)
    times = [int((NOW - timedelta(seconds=10 * (360 - i))).timestamp() * 1000) for i in range(361)]

    def curve(kind):
        result = {"unit": "mm/s", "zone": "Asia/Seoul", "time": times, "seen": [], "expected": [], "low": [], "high": [],
                  "limits": [{"value": 7.1, "label": say("한계 7.1", "limit 7.1")}], "marks": []}
        for i in range(361):
            base = 1.8 + 0.3 * math.sin(i / 23)
            value = base + generator.gauss(0, 0.1)
            if kind == "alarm" and i > 340:
                value += (i - 340) * 0.31
            if kind == "gap" and (90 < i < 120 or i > 290):
                value = None
            result["seen"].append(None if value is None else round(value, 3))
            result["expected"].append(round(base, 3))
            result["low"].append(round(base - 0.45, 3))
            result["high"].append(round(base + 0.45, 3))
        if kind == "alarm":
            result["marks"].append({"time": times[346], "label": say("경보 발생", "alarm raised")})
        else:
            result["limits"] = []
        return result

    good, uncertain = badge("ok", say("정상", "Good")), badge("warn", say("불확실", "Uncertain"))
    stale = badge("stale", say("오래됨", "Stale"))

    def chart(name, label, summary, **more):
        rows = [{"time": time(10 * i, ago=False), "value": f"{7.82 - 0.31 * i:.2f}" if i < 18 else "2.11", "range": say("1.42~2.32", "1.42–2.32"), "badge": good if i % 7 else uncertain} for i in range(12)]
        return {"id": name, "label": label, "summary": summary, "unit": "mm/s", "href": f"/chart/{name}.json", "topic": "readings", "expected": True,
                "table": {"rows": rows, "note": say("10초 간격으로 최근 12개를 보입니다.", "The last 12 values, every 10 s.")}, **more}

    def table(name, caption, columns, rows, empty, label=None, total=None, sorted_by=0, **more):
        heads = []
        for index, column in enumerate(columns):
            head = {"label": column, "sort": "none", "href": f"?sort={index}"}
            if index == sorted_by:
                head.update(sort="descending", desc=True)
            heads.append(head)
        for row in rows:
            for column, cell in zip(columns, row["cells"]):
                cell["label"] = column
        for index, head in enumerate(heads):
            if any(row["cells"][index].get("number") for row in rows):
                head["number"] = True
        result = {"id": name, "caption": caption, "columns": heads, "rows": rows, "empty": empty, **more}
        if label:
            result["filter"] = {"action": "", "name": "q", "label": label, "hidden": [{"name": "sort", "value": "-time"}]}
        if total:
            result["pager"] = {"from": "1", "to": str(len(rows)), "total": total, "next_href": "?page=2"}
        return result

    def row(*cells):
        return {"cells": list(cells)}

    events = [
        ("10,482", 3, "record.checkpoint.signed", "record/gaon", say("기록부", "the Record")),
        ("10,481", 9, "sensing.alarm.acknowledged", "alarm/018f-2c", say("김영숙", "Kim Youngsook")),
        ("10,480", 42, "sensing.alarm.raised", "alarm/018f-2c", say("이상 감지기 v1", "deviation detector v1")),
        ("10,479", 61, "series.chunk.sealed", "series/press-2/vibration", say("측정값 저장소", "Series")),
        ("10,478", 300, "access.session.opened", "person/018e-77", say("김영숙", "Kim Youngsook")),
        ("10,477", 310, "sensing.alarm.raised", "alarm/018f-2b", say("한계값 규칙", "limit rule")),
    ]
    event_table = table(
        "events", t["record_events"], [t["record_column_leaf"], t["record_column_time"], t["record_column_type"], t["record_column_stream"], t["record_column_author"]],
        [row({"text": leaf, "number": True}, {"time": time(seconds)}, {"text": kind, "href": "trace.html", "code": True, "head": True}, {"text": stream, "code": True}, {"text": who}) for leaf, seconds, kind, stream, who in events],
        t["record_empty"], label=t["record_filter"], total="10,483")

    # ---- the Record
    root = "q1Zc8yJm0Hq3T7l5sQ2v6oXw9dK4uBrNfEaPiGtVhMk="
    note = f"gaon.example/record\n10483\n{root}\n\n— gaon.example/record 8fQ2mA0bq3pZr7Zb2o1oYw9cN4tLxE6VdKJ0hS5uGqTiRk1nM8yXvWzCfPaB="
    command = "slipway verify http://127.0.0.1:8080 --checkpoint gaon-10483.note --key gaon.example/record+1f0c2d4a+AaB3x9"
    checkpoint = {"time": time(3), "size": "10,483", "root": root, "origin": "gaon.example/record", "key": "gaon.example/record+1f0c2d4a",
                  "note": note, "command": command, "href": "/record/checkpoint", "leaf": "10,481", "hashes": "14", "proof_href": "/record/proof"}
    verified = badge("verified", t["home_checkpoint_verified"])

    # ---- pages
    result = {}
    counts = [{"level": str(n), "label": t[f"priority_{n}"], "count": str(c), "href": f"?priority={n}"} for n, c in ((1, 1), (2, 2), (3, 1), (4, 0))]
    loop = {
        "sense": {"value": "148,210", "unit": say("측정값", "readings"), "detail": say("초당 41건, 지연 0.08초", "41 a second, lag 0.08 s"), "href": "readings.html"},
        "decide": {"value": "4", "unit": say("경보", "alarms"), "detail": say("감지까지 0.12초", "0.12 s to detect"), "href": "alarms.html"},
        "act": {"value": "3", "unit": say("조치", "actions"), "detail": say("확인까지 38초(중앙값)", "38 s to acknowledge (median)"), "href": "alarms.html"},
        "verify": {"value": "10,483", "unit": say("사건 서명", "events signed"), "detail": say("3초 전 체크포인트, 검증됨", "checkpoint 3 s ago, verified"), "href": "record.html"}}
    sensors = {"reporting": "41", "stale": "2", "total": "43", "href": "readings.html", "share": "95", "note": say("주조 라인, 냉동 창고", "casting line, cold store")}
    home = {
        "headline": {"kind": "danger", "text": say("긴급 경보 1건을 확인해 주세요", "One critical alarm needs you"), "detail": say(f"{press2} 진동 속도가 예상의 3배입니다.", f"Vibration of {press2} is three times what is expected."), "href": "alarm.html", "action": t["home_headline_open"]},
        "alarms": alarms, "counts": counts, "alarms_href": "alarms.html", "sensors": sensors,
        "checkpoint": {"state": verified, "size": "10,483", "time": time(3), "root": "q1Zc8yJm…VhMk=", "href": "record.html"}, "loop": loop}
    result["home"] = ("home", page("home", t["home_title"], **home))
    quiet = dict(home, headline={"kind": "ok", "text": t["home_headline_quiet"], "detail": say("센서 43개가 모두 값을 보내고 있습니다.", "All 43 sensors are reporting.")},
                 alarms=[], counts=[dict(c, count="0") for c in counts], sensors=dict(sensors, reporting="43", stale=None, share="100", note=None), checkpoint=None)
    result["home-quiet"] = ("home", page("home", t["home_title"], **quiet))
    result["signin"] = ("signin", page("signin", t["signin_title"], signed_in=False, live=None, sample=True, action="/sign-in", next="/alarms", name="kim", error=t["signin_wrong"]))
    result["setup"] = ("setup", page("setup", t["setup_title"], signed_in=False, live=None, action="/setup", token="k3J…", role=t["role_zone_officer"], name="kim", minimum="10", expires=time(-3000, ago=False),
                       errors={"items": [{"href": "#f-again", "text": say("두 비밀번호가 다릅니다.", "The two passwords differ.")}]}, again_error=say("두 비밀번호가 다릅니다.", "The two passwords differ.")))
    result["error"] = ("error", page("error", t["error_404_title"], live=None, status="404", what=t["error_404_what"], todo=t["error_404_todo"], reference="018f3c2a-7e51", time=time(0, ago=False), home_href="home.html", home_label=t["error_home"]))
    wrong = say("0 이상 120 이하의 수를 입력해 주세요.", "Please enter a number from 0 to 120.")
    fields = [
        {"id": "f-reason", "name": "reason", "label": say("사유", "Reason"), "required": True, "select": {"placeholder": t["form_select"], "options": [{"value": "a", "label": say("정비 중", "Under maintenance"), "selected": True}, {"value": "b", "label": say("시험 운전", "Trial run")}]}},
        {"id": "f-minutes", "name": "minutes", "label": say("보류 시간", "For how long"), "required": True, "value": "500", "error": wrong, "number": {"unit": say("분", "min"), "min": "0", "max": "120", "step": "1", "bounds": say("0 이상 120 이하", "0 to 120")}},
        {"id": "f-scope", "name": "scope", "label": say("보류 범위", "What is held"), "required": True, "choice": {"options": [{"value": "1", "label": say("이 센서만", "This sensor only"), "selected": True, "help": say("같은 설비의 다른 센서는 계속 울립니다.", "Other sensors of the machine stay live.")}, {"value": "2", "label": say("설비 전체", "The whole machine")}]}},
        {"id": "f-machine", "name": "machine", "label": say("설비", "Machine"), "value": "press-2", "reference": {"search_href": "/things/search", "options": [{"value": "press-2", "label": press2}, {"value": "furnace-1", "label": furnace}]}},
        {"id": "f-from", "name": "from", "label": say("시작", "From"), "value": "2026-07-24T10:42", "datetime": {"zone": t["form_zone"]}},
    ]
    more = [
        {"id": "f-note", "name": "note", "label": say("남길 말", "Note"), "help": say("다음 근무자가 읽습니다.", "The next shift reads this."), "long": {"rows": "3", "maxlength": "500"}},
        {"id": "f-tag", "name": "tag", "label": say("작업 번호", "Work order"), "text": {"autocomplete": "off", "maxlength": "40"}},
        {"id": "f-lock", "name": "lock", "label": say("잠금 표지를 걸었습니까?", "Is the lock-out tag in place?"), "required": True, "yesno": {"yes": True, "yes_label": t["form_yes"], "no_label": t["form_no"]}},
        {"id": "f-place", "name": "place", "label": say("위치", "Place"), "place": {"lat_value": "35.1021", "lon_value": "129.0403"}},
        {"id": "f-photo", "name": "photo", "label": say("사진", "Photo"), "attachment": {"accept": "image/*", "limit": say("JPG, PNG · 최대 10 MB", "JPG, PNG · up to 10 MB")}},
    ]
    result["form"] = ("form", page("alarms", say("경보 보류", "Shelve an alarm"), crumbs=[{"label": t["menu_alarms"], "href": "alarms.html"}], live=None, lead=say("정비하는 동안 이 경보를 잠시 울리지 않게 합니다. 시간이 지나면 저절로 다시 켜집니다.", "Keeps this alarm silent during maintenance. It comes back by itself when the time is up."),
                      action="/shelve", multipart=True, hidden=[{"name": "idempotency", "value": "018f"}], errors={"items": [{"href": "#f-minutes", "text": say("보류 시간: ", "For how long: ") + wrong}]},
                      groups=[{"legend": say("무엇을, 얼마나", "What and how long"), "fields": fields}, {"legend": say("현장 내용", "On site"), "about": say("아는 만큼만 적어 주세요.", "As far as you know."), "fields": more}], submit=say("보류하기", "Shelve"), read_back=True, back_href="alarms.html"))
    result["confirm"] = ("confirm", page("alarms", t["confirm_title"], crumbs=[{"label": t["menu_alarms"], "href": "alarms.html"}], live=None, sentence=say(f"{press2}의 진동 경보를 60분 동안 보류합니다.", f"The vibration alarm of {press2} will be silent for 60 min."),
                         items=[{"label": say("설비", "Machine"), "text": press2}, {"label": say("보류 시간", "For how long"), "text": "60", "unit": say("분", "min")}, {"label": say("사유", "Reason"), "text": say("정비 중", "Under maintenance")}],
                         warning=say("보류하는 동안 진동이 커져도 경보가 울리지 않습니다.", "While shelved, a rise in vibration raises no alarm."), action="/shelve", hidden=[{"name": "minutes", "value": "60"}, {"name": "idempotency", "value": "018f"}],
                         second={"text": say("안전 관리자가 자기 비밀번호로 확인해 주세요.", "The safety manager confirms with their own password."), "field": {"id": "f-second", "name": "second", "label": t["signin_password"], "required": True, "secret": {"autocomplete": "off"}}}, submit=say("네, 보류합니다", "Yes, shelve it"), back_href="form.html"))
    machine_actor, rule, model, person = ({"icon": i, "label": l} for i, l in (("machine", press2), ("rule", say("한계값·5회 중 4회 규칙", "4-of-5 rule")), ("model", say("이상 감지기 v1", "deviation detector v1")), ("person", say("김영숙 · 구역 담당자", "Kim Youngsook · zone officer"))))
    steps = [
        {"icon": "reading", "label": t["trace_step_reading"], "time": time(44, ago=False), "actor": machine_actor, "text": say("진동 속도 7.8 mm/s", "Vibration 7.8 mm/s"), "facts": [{"label": say("경로", "By"), "text": "MQTT QoS 1"}, {"label": say("품질", "Quality"), "text": say("정상", "Good")}], "href": "machine.html", "link": say("설비 보기", "See the machine")},
        {"icon": "store", "label": t["trace_step_stored"], "time": time(44, ago=False), "lag": say("+0.006초", "+0.006 s"), "actor": {"icon": "store", "label": say("측정값 저장소", "Series")}, "facts": [{"label": say("묶음", "Chunk"), "text": "press-2/vibration #211"}]},
        {"icon": "detect", "label": t["trace_step_detected"], "time": time(42, ago=False), "lag": say("+2.041초", "+2.041 s"), "actor": model, "text": say("예상 1.2~2.4 mm/s를 5회 중 4회 넘었습니다.", "Above the expected 1.2–2.4 mm/s in 4 of 5 readings."), "facts": [{"label": "p", "text": "3.1e-9"}, {"label": say("약속한 오경보", "Promised false alarms"), "text": say("센서당 한 달 1건", "one a sensor-month")}]},
        {"icon": "alarm", "label": t["trace_step_alarm"], "time": time(42, ago=False), "lag": say("+0.004초", "+0.004 s"), "actor": rule, "event": "sensing.alarm.raised", "facts": [{"label": say("우선순위", "Priority"), "text": t["priority_1"]}], "href": "alarm.html", "link": say("경보 보기", "See the alarm")},
        {"icon": "person", "label": t["trace_step_acknowledged"], "time": time(9, ago=False), "lag": say("+33.2초", "+33.2 s"), "actor": person, "event": "sensing.alarm.acknowledged", "text": say("“베어링 소음 있음, 정비 요청함”", "“Bearing noise, maintenance called”"), "facts": []},
    ]
    subject = say(f"{press2} 진동 경보가 측정값에서 서명된 기록이 되기까지", f"How the vibration alarm of {press2} went from a reading to a signed record")
    result["trace"] = ("trace", page("trace", t["trace_title"], crumbs=[{"label": t["menu_alarms"], "href": "alarms.html"}], subject=subject, correlation="018f3c2a-7e51-7c3d-9a10-5b1f6d2e8c44", total=say("41초", "41 s"), complete=badge("verified", t["trace_state_verified"]), steps=steps, checkpoint=checkpoint))
    result["trace-pending"] = ("trace", page("trace", t["trace_title"], subject=subject, correlation="018f3c2a", total=say("35초", "35 s"), complete=badge("unknown", t["trace_state_waiting"]), steps=steps[2:], pending=say("다음 체크포인트는 5초 안에 만들어집니다.", "The next checkpoint is due within 5 s.")))
    result["record"] = ("record", page("record", t["record_title"], state=verified, state_text=say("3초 전, 10,483건 모두의 해시를 다시 계산해 서명과 맞추었습니다.", "3 s ago, the hashes of all 10,483 events were recomputed and matched the signature."), size="10,485", waiting="2", checkpoint=checkpoint, table=event_table))
    leafs = lambda *items: [{"name": n, "href": "machine.html", "kind": k, "badge": b, **({"note": x} if x else {})} for n, k, b, x in items]
    normal, alarming, silent = badge("ok", say("정상", "Normal")), badge("danger", say("경보", "Alarm")), badge("stale", say("값이 끊김", "Not reporting"))
    sensor, machine = say("센서", "sensor"), say("설비", "machine")
    press_nodes = [{"name": press2, "href": "machine.html", "kind": machine, "badge": alarming, "inside": {"open": True, "count": "3", "nodes": leafs((say("진동 속도", "Vibration"), sensor, alarming, "7.8 mm/s"), (say("모터 전류", "Motor current"), sensor, normal, "42.1 A"), (say("유압", "Hydraulic pressure"), sensor, silent, say("12분째 값 없음", "no value for 12 min")))}}, *leafs((say("프레스 1호기", "Press 1"), machine, normal, None))]
    views = [{"label": t["things_tree"], "href": "things.html", "current": True}, {"label": t["things_table"], "href": "things-table.html"}]
    lead = say("대상 68개 가운데 센서 41개가 값을 보내고 있고 2개는 끊겼습니다.", "68 things; 41 sensors are reporting and 2 are not.")
    result["things"] = ("things", page("things", t["things_title"], live=None, lead=lead, views=views, tree={"nodes": [{"name": say("가온시 산업지구", "Gaon industrial district"), "href": "#", "kind": say("구역", "site"), "badge": alarming, "inside": {"open": True, "count": "68", "nodes": [{"name": say("한빛정공 스탬핑 공장", "Hanbit stamping shop"), "href": "#", "kind": say("작업장", "shop"), "badge": alarming, "inside": {"open": True, "count": "9", "nodes": press_nodes}}, {"name": say("동백주물", "Dongbaek foundry"), "href": "#", "kind": say("작업장", "shop"), "badge": normal, "inside": {"count": "14", "nodes": leafs((furnace, machine, normal, None))}}, *leafs((host, machine, normal, say("CPU 38 %", "CPU 38 %")))]}}]}))
    things = [row({"text": n, "href": "machine.html", "head": True}, {"text": k}, {"text": say("한빛정공 스탬핑 공장", "Hanbit stamping shop")}, {"badge": b}, {"time": time(s)}) for n, k, b, s in ((press2, machine, alarming, 3), (furnace, machine, normal, 5), (pump, machine, silent, 740), (host, machine, normal, 1))]
    result["things-table"] = ("things", page("things", t["things_title"], live=None, lead=lead, views=[dict(views[0], current=None), dict(views[1], current=True)], table=table("things", t["things_title"], [t[f"things_column_{k}"] for k in ("name", "kind", "parent", "state", "updated")], things, t["things_empty"], label=t["things_filter"], total="68")))
    uses = [
        {"id": "detector", "name": say("측정값 이상 감지", "Deviation detection"), "purpose": say("설비 값이 평소와 다르면 경보를 제안합니다.", "Proposes an alarm where a machine's values are unusual."), "model": say("강건 잔차 감지기 v1, 이 서버에서 실행", "robust residual detector v1, run on this server"), "evidence": say("측정값, 예상 범위, p 값, 설정", "the readings, the expected range, p value, settings"), "override": say("담당자가 확인하고 해제하며, 기준을 바꿀 수 있습니다.", "A person acknowledges, clears, and may change the rule."), "room": t["menu_alarms"], "state": badge("ok", t["ai_on"]), "runs": say("오늘 148,210회", "148,210 today"), "since": time(86400 * 3), "toggle": {"action": "/ai/x/stop", "label": t["ai_stop"], "readback": say("측정값 이상 감지를 멈춥니다. 한계값 경보는 계속 울립니다.", "Deviation detection will stop. Limit alarms stay on.")}},
        {"id": "summary", "name": say("교대 요약 초안", "Shift summary draft"), "purpose": say("교대 인계 글의 초안을 씁니다.", "Drafts the shift handover."), "model": say("한국어 소형 언어 모델", "small Korean language model"), "evidence": say("근거로 쓴 사건 번호", "numbers of the events it used"), "override": say("담당자가 고치고 서명해야 인계됩니다.", "Handed over only once a person has edited and signed it."), "room": say("안전", "Safety"), "state": badge("off", t["ai_off"]), "toggle": {"action": "/ai/y/start", "label": t["ai_start"], "readback": say("교대 요약 초안을 다시 켭니다.", "Shift summary drafts will start again.")}},
    ]
    result["ai-uses"] = ("ai-uses", page("ai-uses", t["ai_title"], live=None, uses=uses))
    tokens = [row({"text": n, "head": True}, {"text": s, "code": True}, {"text": say("한빛정공", "Hanbit")}, {"time": time(u)} if u else {"text": t["tokens_never"]}, {"time": time(-86400 * 90, ago=False)}) for n, s, u in ((say("프레스 게이트웨이", "Press gateway"), "readings:write", 4), ("Telegraf", "readings:write readings:read", None))]
    result["tokens"] = ("tokens", page("tokens", t["tokens_title"], live=None, made={"name": say("프레스 게이트웨이", "Press gateway"), "secret": "slw_7f3kQ29vXbT0mPz8rLw5NdYc", "example": "curl -H 'Authorization: Token slw_7f3k…' --data-binary 'vibration,machine=press-2 value=1.84' http://127.0.0.1:8080/api/v2/write"},
                        table=table("tokens", t["tokens_list"], [t[f"tokens_column_{k}"] for k in ("name", "scopes", "firm", "used", "expires")], tokens, t["tokens_empty"]), create={"action": "/tokens", "hidden": [], "fields": [{"id": "f-name", "name": "name", "label": t["tokens_column_name"], "required": True, "help": say("어느 설비가 쓰는지 알아볼 수 있게", "So that you know which machine uses it"), "text": {"maxlength": "60"}}, {"id": "f-scope", "name": "scope", "label": t["tokens_column_scopes"], "required": True, "select": {"options": [{"value": "w", "label": say("측정값 보내기", "Send readings")}, {"value": "r", "label": say("측정값 읽기", "Read readings")}]}}]},
                        revoke=[{"name": "Telegraf", "action": "/tokens/x/revoke", "readback": say("Telegraf 토큰을 폐기합니다.", "The token Telegraf will be revoked.")}]))
    looks = [row({"time": time(s)}, {"text": say(w, e), "head": True}, {"text": o}, {"text": t["role_" + r]}, {"text": "127.0.0.1", "code": True}) for s, w, e, o, r in ((2, "김영숙", "Kim Youngsook", t["audit_title"], "zone_officer"), (40, "박정호", "Park Jungho", press2, "operator"), (130, "이서연", "Lee Seoyeon", t["record_title"], "inspector"))]
    result["audit"] = ("audit", page("audit", t["audit_title"], live=None, table=table("audit", t["audit_title"], [t[f"audit_column_{k}"] for k in ("time", "who", "what", "why", "from")], looks, t["audit_empty"], label=t["audit_filter"], total="1,204")))

    alarm_crumb = [{"label": t["menu_alarms"], "href": "alarms.html"}]
    alarm_views = [{"label": t["alarms_view_open"], "href": "alarms.html", "count": "4", "current": True}, {"label": t["alarms_view_active"], "href": "alarms.html", "count": "3"}, {"label": t["alarms_view_ended"], "href": "alarms.html", "count": "128"}]
    result["alarms"] = ("alarms", page("alarms", t["alarms_title"], headline={"kind": "danger", "text": say("확인하지 않은 경보 3건이 있습니다.", "Three alarms are not acknowledged.")}, views=alarm_views, counts=counts, alarms=alarms, empty=t["alarms_empty_open"], rate=say("약속한 오경보는 센서당 한 달 1건이고, 지난 30일은 0.4건이었습니다.", "Promised: one false alarm a sensor-month. Kept in the last 30 days: 0.4."), filter={"action": "alarms.html", "name": "q", "label": t["alarms_filter"], "hidden": []}, pager={"from": "1", "to": "4", "total": "4"}))
    result["alarms-empty"] = ("alarms", page("alarms", t["alarms_title"], headline={"kind": "ok", "text": t["alarms_empty_open"]}, views=[dict(v, count="0") for v in alarm_views], counts=[dict(c, count="0") for c in counts], alarms=[], empty=t["alarms_empty"], filter={"action": "alarms.html", "name": "q", "label": t["alarms_filter"], "hidden": []}))
    vibration = say("진동 속도, 최근 1시간", "Vibration, last hour")
    result["alarm"] = ("alarm", page("alarm", say(f"{press2} 진동 속도", f"{press2}: vibration"), crumbs=alarm_crumb, alarm=dict(alarms[0], why=say("진동 속도가 7.8 mm/s까지 올랐습니다. 평소 이 시간대에는 1.2~2.4 mm/s입니다. 최근 5회 가운데 4회가 범위를 벗어났습니다.", "Vibration rose to 7.8 mm/s. At this time of day it is usually 1.2–2.4 mm/s. Four of the last five readings were outside.")),
                       seen={"value": "7.8", "unit": "mm/s", "time": time(44)}, expected={"text": say("1.2~2.4", "1.2–2.4"), "unit": "mm/s", "rate": say("이런 값은 약 3억 번에 한 번입니다.", "Such a value comes about once in 300 million readings.")},
                       chart=chart("press-2-vibration", vibration, say("최근 1시간 진동 속도. 마지막 3분 동안 2.1에서 7.8 mm/s로 올라 예상 범위를 넘었습니다.", "Vibration over the last hour, rising from 2.1 to 7.8 mm/s in the last 3 minutes, above the expected range."), limit="7.1 mm/s"),
                       evidence=[{"label": say("감지기", "Detector"), "text": say("강건 잔차 v1", "robust residual v1")}, {"label": say("규칙", "Rule"), "text": say("5회 중 4회", "4 of 5")}, {"label": "p", "text": "3.1e-9"}, {"label": say("학습 구간", "Learned from"), "text": say("지난 14일, 1,209,600개", "last 14 days, 1,209,600 readings")}, {"label": say("묶음 해시", "Chunk hash"), "text": "9f2c…41ab", "code": True}],
                       history=[{"time": time(42), "label": say("경보 발생", "Raised"), "actor": say("이상 감지기 v1", "deviation detector v1")}, {"time": time(44), "label": say("첫 이상값", "First unusual value"), "actor": press2, "note": "7.8 mm/s"}],
                       ack={"action": "/alarms/a1/acknowledge", "hidden": [{"name": "idempotency", "value": "018f"}]}))
    charts = [("press-2-vibration", say("진동 속도", "Vibration"), {"value": "7.82", "time": time(2), "badge": badge("danger", say("범위 밖", "Out of range"))}, None), ("press-2-current", say("모터 전류", "Motor current"), {"value": "2.11", "time": time(2), "badge": good}, None), ("press-2-oil", say("유압", "Hydraulic pressure"), {"value": "1.94", "time": time(740), "badge": stale}, say("12분째 새 값이 없습니다. 보이는 값은 현재 값이 아닙니다.", "No new value for 12 min. What you see is not the present value."))]
    result["machine"] = ("machine", page("machine", press2, crumbs=[{"label": t["menu_things"], "href": "things.html"}], machine={"name": press2, "kind": say("유압 프레스 400톤", "hydraulic press, 400 t"), "place": say("한빛정공 스탬핑 공장 2라인", "Hanbit stamping shop, line 2"), "state": alarming, "state_text": say("긴급 경보 1건이 진행 중입니다.", "One critical alarm is active."), "updated": time(2), "things_href": "things.html"}, alarms=alarms[:1],
                         periods=[{"label": t["machine_hour"], "href": "machine.html", "current": True}, {"label": t["machine_day"], "href": "?p=24h"}, {"label": t["machine_week"], "href": "?p=7d"}],
                         sensors=[{"id": i, "name": n, "unit": "mm/s", "latest": l, "expected_text": say("1.2~2.4", "1.2–2.4"), "chart": chart(i, say("최근 1시간", "Last hour"), n), **({"stale": s} if s else {})} for i, n, l, s in charts] + [{"id": "press-2-temp", "name": say("베어링 온도", "Bearing temperature"), "unit": "°C", "chart": chart("empty", say("최근 1시간", "Last hour"), say("값 없음", "no values"))}],
                         facts=[{"label": say("제작", "Made"), "text": say("2014년", "2014")}, {"label": say("담당", "In charge"), "text": say("박정호", "Park Jungho")}]))
    readings = [row({"text": n, "href": "machine.html", "head": True}, {"text": m, "href": "machine.html"}, {"text": v, "unit": u, "number": True} if v else {"text": "–", "number": True}, {"badge": b}, {"time": time(s)} if s else {"text": "–"}) for n, m, v, u, b, s in (
        (say("진동 속도", "Vibration"), press2, "7.82", "mm/s", good, 2), (say("모터 전류", "Motor current"), press2, "42.1", "A", good, 2), (say("유압", "Hydraulic pressure"), press2, "148", "bar", stale, 740),
        (say("출구 온도", "Outlet temperature"), furnace, "61.4", "°C", good, 5), (say("실내 온도", "Room temperature"), cold, "−14.1", "°C", uncertain, 12), (say("CPU 사용률", "CPU in use"), host, "38", "%", good, 1), (say("베어링 온도", "Bearing temperature"), press2, None, None, badge("unknown", say("값 없음", "No value")), None))]
    result["readings"] = ("readings", page("readings", t["readings_title"], headline={"kind": "warn", "text": say("센서 43개 중 2개에서 값이 들어오지 않습니다.", "2 of 43 sensors are not reporting.")}, views=[{"label": t[f"readings_view_{k}"], "href": "readings.html", "count": c, "current": k == "all"} for k, c in (("all", "43"), ("reporting", "41"), ("stale", "2"), ("never", "1"))], table=table("readings", t["readings_title"], [t[f"readings_column_{k}"] for k in ("sensor", "machine", "value", "quality", "time")], readings, t["readings_empty"], label=t["readings_filter"], total="43", sorted_by=4), import_href="import.html"))
    crumb = [{"label": t["menu_readings"], "href": "readings.html"}]
    findings = table("findings", t["import_findings"], [t[f"import_column_{k}"] for k in ("time", "sensor", "finding")], [row({"time": time(86400 * 9, ago=False)}, {"text": say("토출 압력", "Discharge pressure"), "head": True}, {"text": say("예상 0.05~0.06 bar, 측정 0.38 bar", "expected 0.05–0.06 bar, measured 0.38 bar")})], "–")
    result["import"] = ("import", page("readings", t["import_title"], crumbs=crumb, live=None, upload={"action": "/import", "limit": say("최대 200 MB", "Up to 200 MB"), "hidden": [], "fields": [{"id": "f-machine", "name": "machine", "label": say("설비", "Machine"), "required": True, "value": "", "reference": {"options": [{"value": "press-2", "label": press2}]}}, {"id": "f-unit", "name": "separator", "label": say("구분 기호", "Separator"), "required": True, "select": {"options": [{"value": ";", "label": say("쌍반점 ;", "Semicolon ;"), "selected": True}, {"value": ",", "label": say("쉼표 ,", "Comma ,")}]}}]}))
    rejects = [{"line": "118", "field": "Pressure", "rule": say("수가 아닙니다", "not a number"), "text": "n/a"}, {"line": "402", "field": "datetime", "rule": say("없는 날짜입니다", "no such date"), "text": "2020-02-30 10:20:01"}]
    result["import-checked"] = ("import", page("readings", t["import_title"], crumbs=crumb, live=None, result={"file": "skab-valve1-0.csv", "verdict": {"kind": "warn", "text": say("2줄을 빼고 가져올 수 있습니다.", "Can be imported, without two lines.")}, "rows": "1,147", "stored": "9,160", "rejected": "2", "series": "8", "span": {"from": time(86400 * 10, ago=False), "to": time(86400 * 9, ago=False)}, "rejects": rejects, "findings": findings, "confirm": {"action": "/import", "hidden": [], "submit": say("9,160개 가져오기", "Import 9,160 values")}, "back_href": "import.html"}))
    result["import-done"] = ("import", page("readings", t["import_title"], crumbs=crumb, live=None, flash={"kind": "ok", "text": say("가져오기를 마쳤습니다.", "Import finished.")}, done={"text": say("값 9,160개를 가져왔습니다.", "9,160 values were imported."), "findings": findings, "readings_href": "readings.html"}))
    charts_json = {"press-2-vibration": curve("alarm"), "press-2-current": curve("calm"), "press-2-oil": curve("gap"), "empty": {"unit": "°C", "time": [], "seen": []}}
    for name, (_, context) in result.items():
        context["self"] = f"/{lang}/{name}.html"
    return result, charts_json
