"""The hall itself: its file, hours and calendar, what a manager does with it, and what the guide sees."""

from tests.running.client import HALL
from tests.running.moments import MINUTE_MS
from tests.running.own_hall import moment
from tests.scenarios.telling import step, words
from tests.scenarios.world import CLERKS, World, day_named

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
_CODES = {"计量许可": "A", "计量认证": "B", "领证": "Z"}
_CLASSES = {"老人": "elderly", "孕产妇": "pregnant", "军人": "serviceman"}
_GRANTERS = {"导办": "guide", "窗口": "window"}


@step("大厅周一到周五「{hours}」开放")
def opening(world: World, hours: str) -> None:
    world.own["opening"] = {"hours": dict.fromkeys(_WEEK, hours)}


@step("停止取号比下班早{count}分钟")
def last_ticket(world: World, count: str) -> None:
    world.own["opening"]["last_ticket"] = f"{count} min"


@step("「{business}」周六「{hours}」开放")
def own_hours(world: World, business: str, hours: str) -> None:
    world.businesses[_CODES[business]] = {"opening": {"hours": {"saturday": hours}}}


@step("{days}放假")
def holiday(world: World, days: str) -> None:
    world.own["calendar"]["holidays"] += [str(day_named(day)) for day in words(days)]


@step("{day}补班")
def make_up(world: World, day: str) -> None:
    world.own["calendar"]["make_up"][str(day_named(day))] = "friday"


@step("「{business}」可以预约，每个时段{count}人")
def bookable(world: World, business: str, count: str) -> None:
    opening(world, "09:00-12:00, 13:30-17:00")
    world.businesses[_CODES[business]] = {"booking": {"capacity": int(count)}}


@step("「{business}」等候满{count}人报警")
def alarm(world: World, business: str, count: str) -> None:
    world.businesses[_CODES[business]] = {"alarm": int(count)}


@step("「{business}」上午放{count}个号，下午放{count2}个号")
def quotas(world: World, business: str, count: str, count2: str) -> None:
    world.businesses[_CODES[business]] = {"quotas": {"09:00-12:00": int(count), "12:00-17:00": int(count2)}}


@step("「{grounds}」由(?P<granter>导办|窗口)认定")
def granted_by(world: World, grounds: str, granter: str) -> None:
    world.classes[_CLASSES[grounds]] = {"granted_by": _GRANTERS[granter]}


@step("(?:现在是|时间到了){day}{clock}")
def time_is(world: World, day: str, clock: str) -> None:
    world.at(day, clock)


@step("{clerk}坐在{window}号窗口")
def sits(world: World, clerk: str, window: str) -> None:
    known = world.desks.get(clerk)
    client = world.hall.person(f"clerk{CLERKS[clerk]}") if known is None else known[0]
    world.done(client.act(int(window), "sign-in"))
    world.desks[clerk] = (client, int(window))


@step("说明{day}{clock}再开")
def opens_again(world: World, day: str, clock: str) -> None:
    assert world.last.json()["opens"] == moment(day_named(day), clock)


@step("管理者暂停「{business}」，告示「{notice}」")
def suspends(world: World, business: str, notice: str) -> None:
    body = {"notice": {"zh-Hans": notice, "zh-Hant": notice, "en": notice}}
    world.done(world.hall.manager.tell(f"{HALL}/businesses/{world.business(business)['code']}/suspend", body))


@step("管理者把等「{business}」的人改到「{business2}」")
def moves_all(world: World, business: str, business2: str) -> None:
    path = f"{HALL}/businesses/{world.business(business)['code']}/move-waiting"
    world.done(world.hall.manager.tell(path, {"to": world.business(business2)["code"]}))


@step("大屏写着「{business}」「{notice}」")
def board_says(world: World, business: str, notice: str) -> None:
    assert world.hall.kiosk.board()["suspended"][world.business(business)["code"]]["zh-Hans"] == notice


@step("管理者宣布疏散")
def evacuates(world: World) -> None:
    world.done(world.hall.manager.tell(f"{HALL}/evacuate"))


@step("管理者宣布恢复")
def back_to_normal(world: World) -> None:
    world.done(world.hall.manager.tell(f"{HALL}/back-to-normal"))


@step("导办替{who}取「{business}」的号")
def guide_takes(world: World, who: str, business: str) -> None:
    world.came(who, world.guide.tell(f"{HALL}/tickets", {"business": world.business(business)["code"]}))


@step("导办替{who}以「{grounds}」身份取「{business}」的号")
def guide_takes_graded(world: World, who: str, grounds: str, business: str) -> None:
    wish = {"business": world.business(business)["code"], "priority": [world.grounds(grounds)]}
    world.came(who, world.guide.tell(f"{HALL}/tickets", wish))


@step("导办给{who}认定「{grounds}」")
def guide_grants(world: World, who: str, grounds: str) -> None:
    body = {"priority": [world.grounds(grounds)]}
    world.said(world.guide.tell(f"{HALL}/tickets/{world.people[who]['id']}/grade", body))


@step("导办给{who}多些时间")
def guide_gives_time(world: World, who: str) -> None:
    world.done(world.guide.tell(f"{HALL}/tickets/{world.people[who]['id']}/more-time"))


@step("{who}的号记着多给时间")
def has_more_time(world: World, who: str) -> None:
    assert world.now(who)["more_time"] is True


@step("导办把{who}改到「{business}」")
def guide_moves(world: World, who: str, business: str) -> None:
    body = {"business": world.business(business)["code"]}
    world.done(world.guide.tell(f"{HALL}/tickets/{world.people[who]['id']}/move", body))


@step("导办答了「{business}」的咨询，记「{note}」")
def consulted(world: World, business: str, note: str) -> None:
    body = {"business": world.business(business)["code"], "note": note}
    world.done(world.guide.tell(f"{HALL}/consultations", body))


@step("今天咨询{count}次，取号{count2}个")
def consultations(world: World, count: str, count2: str) -> None:
    floor = world.guide.ask(f"{HALL}/floor").json()
    assert (floor["consultations"], floor["reconciliation"]["issued"]) == (int(count), int(count2))


@step("{window}号窗口请人帮忙")
def asks_help(world: World, window: str) -> None:
    world.done(world.clerk_at(int(window)).act(int(window), "help"))


@step("导办看到{window}号窗口要帮忙")
def sees_help(world: World, window: str) -> None:
    windows = world.guide.ask(f"{HALL}/floor").json()["windows"]
    assert [each["window"] for each in windows if each["help"]] == [int(window)]


@step("导办看到「{business}」等{count}人，最久{count2}分钟")
def sees_queue(world: World, business: str, count: str, count2: str) -> None:
    code = world.business(business)["code"]
    queue = next(each for each in world.guide.ask(f"{HALL}/floor").json()["queues"] if each["business"] == code)
    assert (queue["waiting"], queue["longest_ms"] // MINUTE_MS) == (int(count), int(count2))
