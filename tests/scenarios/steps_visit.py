"""Taking numbers, calling, serving, missing and coming back."""

from display.announce import announcement
from tests.running.client import API, HALL
from tests.running.moments import MINUTE_MS, SECOND_MS, later, soon
from tests.running.screen import Screen, until_said
from tests.scenarios.telling import numbers, step, words
from tests.scenarios.world import World

OUTCOMES = {"受理": "accepted", "办结": "completed", "咨询": "consultation", "发证": "certificate-handed-over"}


@step("{who}取「{business}」的号")
def takes(world: World, who: str, business: str) -> None:
    wish = {"business": world.business(business)["code"]}
    world.came(who, world.hall.kiosk.tell(f"{HALL}/tickets", wish))


@step("{people}各取「{business}」的号")
def each_takes(world: World, people: str, business: str) -> None:
    for who in words(people):
        takes(world, who, business)
        assert world.last.ok, world.last.text


@step("{who}取「{business}」的号，接着还办「{business2}」")
def takes_two(world: World, who: str, business: str, business2: str) -> None:
    wish = {"business": world.business(business)["code"], "later": [world.business(business2)["code"]]}
    world.came(who, world.hall.kiosk.tell(f"{HALL}/tickets", wish))


@step("{who}以「{grounds}」身份取「{business}」的号")
def takes_graded(world: World, who: str, grounds: str, business: str) -> None:
    classes = [world.grounds(each) for each in words(grounds)]
    wish = {"business": world.business(business)["code"], "priority": classes}
    world.came(who, world.hall.kiosk.tell(f"{HALL}/tickets", wish))


@step("{who}取到了号")
def has_a_number(world: World, who: str) -> None:
    assert world.last.ok, world.last.text
    assert world.people[who]["number"]


@step("{window}号窗口叫下一位")
def calls(world: World, window: str) -> None:
    world.said(world.clerk_at(int(window)).act(int(window), "next"))


@step("{window}号窗口叫到{who}")
def calls_who(world: World, window: str, who: str) -> None:
    called = world.done(world.clerk_at(int(window)).act(int(window), "next"))
    assert called["number"] == world.people[who]["number"]


@step("{window}号窗口叫到{who}并办理")
def calls_and_starts(world: World, window: str, who: str) -> None:
    calls_who(world, window, who)
    world.done(world.clerk_at(int(window)).act(int(window), "start"))


@step("{window}号窗口依次叫到{people}")
def calls_in_order(world: World, window: str, people: str) -> None:
    clerk, order = world.clerk_at(int(window)), []
    for _ in words(people):
        order.append(world.done(clerk.act(int(window), "next"))["number"])
        world.done(clerk.act(int(window), "finish", outcome="completed"))
    assert order == [world.people[who]["number"] for who in words(people)]


@step("{window}号窗口没有人可叫")
def nobody_to_call(world: World, window: str) -> None:
    assert world.clerk_at(int(window)).act(int(window), "next").status_code == 204


@step("{window}号窗口以「{outcome}」办完")
def finishes(world: World, window: str, outcome: str) -> None:
    world.done(world.clerk_at(int(window)).act(int(window), "finish", outcome=OUTCOMES[outcome]))


@step("{window}号窗口以「{outcome}」办完「{item}」{count}件")
def finishes_many(world: World, window: str, outcome: str, item: str, count: str) -> None:
    here = world.at_window(int(window))
    business = next(each for each in world.facts["businesses"] if each["code"] == here["business"])
    code = world.item(business["names"]["zh-Hans"], item)["code"]
    served = [{"item": code, "quantity": int(count)}]
    clerk = world.clerk_at(int(window))
    told = world.done(clerk.act(int(window), "finish", outcome=OUTCOMES[outcome], served=served))
    if told["case"] is not None:
        who = next(name for name, ticket in world.people.items() if ticket["id"] == here["id"])
        world.cases[who] = told["case"]["code"]


@step("{window}号窗口以「{outcome}」办完「{item}」")
def finishes_one(world: World, window: str, outcome: str, item: str) -> None:
    finishes_many(world, window, outcome, item, "1")


@step("过了{count}分钟")
def minutes_pass(world: World, count: str) -> None:
    later(world.hall, int(count) * MINUTE_MS)


@step("{window}号窗口隔{count}秒再叫{count2}遍")
def recalls(world: World, window: str, count: str, count2: str) -> None:
    for _ in range(int(count2)):
        later(world.hall, int(count) * SECOND_MS)
        world.done(world.clerk_at(int(window)).act(int(window), "recall"))


@step("大厅念出「{words}」")
def says(world: World, words: str) -> None:
    # A screen that comes within half a minute of a call still says it.
    screen = Screen(world.hall)
    say = screen.next()
    said = next(line for line in until_said(world.hall, say["call"]) if line["language"] == "cmn")
    read = announcement("cmn", said["number"], said["window"]).spoken["zh-Hans"]
    assert read.translate({ord(sign): None for sign in " ，"}) == words


@step("{window}号窗口记过号")
def misses(world: World, window: str) -> None:
    world.said(world.clerk_at(int(window)).act(int(window), "missed"))


@step("{who}已过号")
def is_missed(world: World, who: str) -> None:
    assert world.now(who)["state"] == "missed"


@step("{who}过号后回来")
def comes_back(world: World, who: str) -> None:
    world.said(world.hall.kiosk.tell(f"{HALL}/tickets/{world.people[who]['id']}/requeue"))


@step("{who}在{window}号窗口过号又回来{count}次")
def misses_often(world: World, who: str, window: str, count: str) -> None:
    for _ in range(int(count)):
        calls_who(world, window, who)
        recalls(world, window, "21", "2")
        misses(world, window)
        comes_back(world, who)
        assert world.last.ok, world.last.text


@step("{who}的号已作废，原因是「{reason}」")
def is_void(world: World, who: str, reason: str) -> None:
    soon(world.hall, world.people[who]["id"], state="void")
    assert world.entries(who)[-1]["set"]["reason"] == reason


@step("{who}走了")
def leaves(world: World, who: str) -> None:
    world.hall.clerk.void(world.people[who]["id"], "走了")


@step("{who}还在等候，号码不变，排位不变，这回办「{business}」")
def waits_on(world: World, who: str, business: str) -> None:
    was, now = world.people[who], world.now(who)
    assert (now["state"], now["number"], now["place"]) == ("waiting", was["number"], was["place"])
    assert now["business"] == world.business(business)["code"]


@step("{who}比现在来的人早排{count}分钟")
def stands_before(world: World, who: str, count: str) -> None:
    ticket = world.people[who]
    assert ticket["issued_at"] - ticket["place"] == int(count) * MINUTE_MS


@step("{who}问得到{who2}先叫的缘由是「{cause}」")
def asks_why(world: World, who: str, who2: str, cause: str) -> None:
    query = {"number": world.people[who2]["number"]}
    told = world.done(world.hall.nobody.ask(f"{API}/tickets/{world.people[who]['token']}/before", params=query))
    assert told["cause"] == cause


@step("{who}知道{count}小时{count2}分钟后来的人都排在后面")
def knows_the_end(world: World, who: str, count: str, count2: str) -> None:
    ticket = world.people[who]
    told = world.done(world.hall.nobody.ask(f"{API}/tickets/{ticket['token']}/passing"))
    assert told["until"] - ticket["issued_at"] == (int(count) * 60 + int(count2)) * MINUTE_MS


@step("{window}号窗口给{who}多些时间")
def gives_time(world: World, window: str, who: str) -> None:
    world.done(world.clerk_at(int(window)).act(int(window), "more-time", ticket=world.people[who]["id"]))


@step("{window}号窗口给{who}认定「{grounds}」")
def grants(world: World, window: str, who: str, grounds: str) -> None:
    classes = [world.grounds(grounds)]
    clerk = world.clerk_at(int(window))
    world.done(clerk.act(int(window), "grade", ticket=world.people[who]["id"], priority=classes))


@step("{window}号窗口撤回{who}的身份")
def withdraws(world: World, window: str, who: str) -> None:
    clerk = world.clerk_at(int(window))
    world.done(clerk.act(int(window), "grade", ticket=world.people[who]["id"], priority=[]))


@step("{who}的身份是「{grounds}」")
def has_grounds(world: World, who: str, grounds: str) -> None:
    assert world.now(who)["priority"] == [world.grounds(each) for each in words(grounds)]


@step("只开{windows}号窗口")
def only_open(world: World, windows: str) -> None:
    for window in {each["window"] for each in world.facts["windows"]} - set(numbers(windows)):
        world.hall.clerk.done(window, "close")


@step("被拒绝：「{title}」")
def is_refused(world: World, title: str) -> None:
    assert not world.last.ok, world.last.text
    assert world.last.json()["title"] == title
