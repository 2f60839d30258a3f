"""Whoever works beside the hall: bookings and pre-review, supervision by the journal, and the day's figures."""

import json

from tests.running.client import HALL, refused
from tests.running.own_hall import moment
from tests.scenarios.steps_visit import OUTCOMES
from tests.scenarios.telling import Facts, step, words
from tests.scenarios.world import World, day_named, follow

_STATES = {"等候": "waiting", "叫到": "called", "办结": "finished", "作废": "void", "过号": "missed"}
_BOOKED = {"code", "business", "item", "slot", "reviewed", "priority", "state"}


def wish(world: World, day: str, clock: str, business: str) -> Facts:
    """A slot of a business."""
    return {"business": world.business(business)["code"], "slot": moment(day_named(day), clock)}


@step("{who}预约{day}{clock}的「{business}」")
def books(world: World, who: str, day: str, clock: str, business: str) -> None:
    told = world.said(world.hall.clerk.tell(f"{HALL}/bookings", wish(world, day, clock, business)))
    if world.last.ok:
        world.bookings[who] = told["code"]


@step("{who}约上了")
def is_booked(world: World, who: str) -> None:
    assert world.last.ok, world.last.text
    assert world.last.json()["code"] == world.bookings[who]


@step("{who}取消预约")
def cancels(world: World, who: str) -> None:
    world.done(world.hall.clerk.tell(f"{HALL}/bookings/{world.bookings[who]}/cancel"))


@step("{who}凭预约签到")
def checks_in(world: World, who: str) -> None:
    world.came(who, world.hall.kiosk.tell(f"{HALL}/bookings/{world.bookings[who]}/check-in"))
    assert world.last.ok, world.last.text


@step("网上预审系统导入{people}{day}{clock}的「{business}」预约，材料已预审")
def imports(world: World, people: str, day: str, clock: str, business: str) -> None:
    rows = [{**wish(world, day, clock, business), "reviewed": True} for _ in words(people)]
    told = world.done(world.hall.manager.tell(f"{HALL}/bookings/import", {"items": rows}))
    for each in told["booked"]:
        world.bookings[words(people)[each["row"]]] = each["code"]


@step("导入成了{count}行，第{count2}行被拒绝：「{title}」")
def imported(world: World, count: str, count2: str, title: str) -> None:
    told = world.last.json()
    assert len(told["booked"]) == int(count)
    assert [each["row"] + 1 for each in told["refused"]] == [int(count2)]
    refusal = world.hall.clerk.tell(f"{HALL}/bookings", {k: told["booked"][0][k] for k in ("business", "slot")}).json()
    assert (refusal["title"], refusal["code"]) == (title, told["refused"][0]["code"])


@step("{who}的号记着材料已预审")
def is_reviewed(world: World, who: str) -> None:
    assert world.entries(who)[0]["set"]["reviewed"] is True


@step("预约里只有编号、业务、事项、时段、是否预审、优先、状态")
def holds_no_person(world: World) -> None:
    assert set(world.last.json()["booked"][0]) == _BOOKED | {"row", "line"}


@step("监察系统读完了日志")
def reads_all(world: World) -> None:
    world.feed = []
    world.read_until = world.journal()[-1]["no"]


@step("监察系统接着读")
def reads_on(world: World) -> None:
    world.feed += follow(world.hall.manager, world.read_until)
    world.read_until = world.feed[-1]["no"]


@step("监察系统依次读到「{acts}」")
def read_acts(world: World, acts: str) -> None:
    assert [entry["act"] for entry in world.feed] == words(acts)


@step("每条都有时间、经办、编号，编号连续")
def entries_are_whole(world: World) -> None:
    numbers = [entry["no"] for entry in world.feed]
    assert numbers == [*range(numbers[0], numbers[0] + len(numbers))]
    assert all(entry["at"] and entry["by"] for entry in world.feed)


@step("监察系统断线后从中间重读")
def reads_again(world: World) -> None:
    middle = len(world.feed) // 2
    again = follow(world.hall.manager, world.feed[middle]["no"])
    world.people["重读"] = {"again": again, "before": world.feed[middle + 1 :]}


@step("重读到的和原来一字不差")
def same_again(world: World) -> None:
    told = world.people["重读"]
    assert json.dumps(told["again"]) == json.dumps(told["before"])
    assert told["again"]


@step("日志校验完整")
def verified(world: World) -> None:
    checked = world.hall.command("journal", "verify")
    assert checked.exit_code == 0, checked.output


@step("监察系统读得到「{act}」")
def reads_act(world: World, act: str) -> None:
    # The writer looks at the queues before it does the next act.
    world.hall.clerk.act(1, "next")
    reads_on(world)
    assert act in [entry["act"] for entry in world.feed]


@step("(?P<role>取号机|窗口)读日志被拒绝")
def may_not_read(world: World, role: str) -> None:
    client = world.hall.kiosk if role == "取号机" else world.hall.clerk
    refused(client.ask(f"{HALL}/journal"), 403, "wrong-role")


@step("取出{count}个号，各种去向之和也是{count2}")
def adds_up(world: World, count: str, count2: str) -> None:
    told = world.hall.manager.ask(f"{HALL}/floor").json()["reconciliation"]
    assert (told["issued"], sum(told["by_state"].values())) == (int(count), int(count2))
    assert told["adds_up"] is True


@step("去向里{states}")
def by_state(world: World, states: str) -> None:
    told = world.hall.manager.ask(f"{HALL}/floor").json()["reconciliation"]["by_state"]
    assert {k: v for k, v in told.items() if v} == {_STATES[each[:2]]: int(each[2:]) for each in words(states)}


def last_finish(world: World) -> Facts:
    """What the journal tells of the last service that ended."""
    facts: Facts = [entry for entry in world.journal() if entry["act"] == "finished"][-1]["facts"]
    return facts


@step("日志记着「{item}」{count}件，结果「{outcome}」")
def recorded(world: World, item: str, count: str, outcome: str) -> None:
    (served,) = last_finish(world)["served"]
    assert (served["quantity"], served["outcome"]) == (int(count), OUTCOMES[outcome])
    business = next(each for each in world.facts["businesses"] if each["code"] == world.people["甲"]["business"])
    assert served["item"] == world.item(business["names"]["zh-Hans"], item)["code"]


@step("日志记着结果不是默认的")
def not_by_default(world: World) -> None:
    assert last_finish(world)["by_default"] is False


@step("日志里没有「{text}」")
def not_in_journal(world: World, text: str) -> None:
    assert text not in json.dumps(world.journal(), ensure_ascii=False)
