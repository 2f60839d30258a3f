"""Papers, cases, promises: what is missing, who is responsible, when it is due."""

from tests.running.client import HALL
from tests.scenarios.telling import Facts, step, words
from tests.scenarios.world import CLERKS, World, day_named


def item_here(world: World, window: int, item: str) -> Facts:
    """An item of the business of whoever is at a window."""
    code = world.at_window(window)["business"]
    business = next(each for each in world.facts["businesses"] if each["code"] == code)
    return world.item(business["names"]["zh-Hans"], item)


def codes(item: Facts, papers: str) -> list[str]:
    """The codes of papers by their names."""
    by_name = {paper["names"]["zh-Hans"]: paper["code"] for paper in item["papers"]}
    return [by_name[name] for name in words(papers)]


def keep(world: World, who: str, told: Facts) -> None:
    """The slip with the code is in somebody's hand."""
    if world.last.ok:
        world.cases[who] = told["case"]["code"]


@step("{window}号窗口告知{who}「{item}」缺「{papers}」")
def tells_missing(world: World, window: str, who: str, item: str, papers: str) -> None:
    found = item_here(world, int(window), item)
    body = {"item": found["code"], "missing": codes(found, papers)}
    keep(world, who, world.said(world.clerk_at(int(window)).act(int(window), "papers-missing", **body)))


@step("{window}号窗口容缺受理{who}的「{item}」，缺「{papers}」，{day}前补交")
def accepts_on_promise(world: World, window: str, who: str, item: str, papers: str, day: str) -> None:
    found = item_here(world, int(window), item)
    body = {"item": found["code"], "missing": codes(found, papers), "due": str(day_named(day))}
    keep(world, who, world.said(world.clerk_at(int(window)).act(int(window), "on-promise", **body)))


@step("告知单写明缺「{papers}」，{day}前补齐")
def slip_says(world: World, papers: str, day: str) -> None:
    case = world.last.json()["case"]
    business = next(each for each in world.facts["businesses"] if each["code"] == case["business"])
    item = next(each for each in business["items"] if each["code"] == case["item"])
    assert (case["missing"], case["return_by"]) == (codes(item, papers), str(day_named(day)))
    assert case["code"]


@step("{who}的办件写明缺「{papers}」，{day}前补齐")
def case_says(world: World, who: str, papers: str, day: str) -> None:
    case = world.case(who)
    business = next(each for each in world.facts["businesses"] if each["code"] == case["business"])
    item = next(each for each in business["items"] if each["code"] == case["item"])
    assert (case["missing"], case["return_by"]) == (codes(item, papers), str(day_named(day)))


@step("{window}号窗口告知{who}「{item}」缺「{papers}」，因为「{reason}」")
def tells_missing_and_why(world: World, window: str, who: str, item: str, papers: str, reason: str) -> None:
    found = item_here(world, int(window), item)
    missing = codes(found, papers)
    body = {"item": found["code"], "missing": missing, "reasons": [{"paper": p, "reason": reason} for p in missing]}
    keep(world, who, world.said(world.clerk_at(int(window)).act(int(window), "papers-missing", **body)))


def slip(world: World, who: str) -> Facts:
    """What is printed on somebody's slip."""
    told: Facts = world.hall.clerk.ask(f"{HALL}/cases/{world.cases[who]}/slip").json()
    return told


def on_it(told: Facts) -> list[str]:
    """The papers on a slip by their names."""
    return [paper["names"]["zh-Hans"] for paper in told["missing"]]


@step("{who}的告知单写着「{papers}」和「{reason}」，其余{count}样不用再带，{day}前补齐，回{window}号窗口找{clerk}")
def slip_in_full(
    world: World, who: str, papers: str, reason: str, count: str, day: str, window: str, clerk: str
) -> None:
    told = slip(world, who)
    assert (told["kind"], on_it(told), {paper["reason"] for paper in told["missing"]}) == (
        "papers-missing",
        words(papers),
        {reason},
    )
    assert (told["checked"], told["return_by"], told["window"]) == (int(count), str(day_named(day)), int(window))
    assert (told["owner"]["number"], told["code"], told["number"]) == (
        CLERKS[clerk],
        world.cases[who],
        world.now(who)["number"],
    )


@step("{who}的告知单是第{count}次告知")
def told_again(world: World, who: str, count: str) -> None:
    assert slip(world, who)["told"] == int(count)


@step("{who}的容缺单写着「{papers}」，{day}前补交")
def promise_slip(world: World, who: str, papers: str, day: str) -> None:
    told = slip(world, who)
    assert (told["kind"], on_it(told), told["return_by"]) == ("accepted-on-promise", words(papers), str(day_named(day)))
    assert told["promised_on"] >= told["return_by"]


@step("{who}凭告知单回来取号")
def comes_back(world: World, who: str) -> None:
    world.came(who, world.hall.kiosk.tell(f"{HALL}/cases/{world.cases[who]}/tickets"))


@step("{who}归{clerk}办")
def belongs_to(world: World, who: str, clerk: str) -> None:
    assert world.now(who)["tie"].startswith("c")
    assert world.case(who)["owner"]["number"] == CLERKS[clerk]


@step("{who}的办件由{clerk}负责")
def owned_by(world: World, who: str, clerk: str) -> None:
    assert world.case(who)["owner"]["number"] == CLERKS[clerk]


@step("{who}的办件不写理由交给{clerk}")
def hands_over_silently(world: World, who: str, clerk: str) -> None:
    body = {"to_clerk": CLERKS[clerk], "reason": ""}
    world.said(world.hall.manager.tell(f"{HALL}/cases/{world.cases[who]}/hand-over", body))


@step("{who}的办件因「{reason}」交给{clerk}")
def hands_over(world: World, who: str, reason: str, clerk: str) -> None:
    body = {"to_clerk": CLERKS[clerk], "reason": reason}
    world.done(world.hall.manager.tell(f"{HALL}/cases/{world.cases[who]}/hand-over", body))


def troubled(world: World) -> dict[str, list[str]]:
    """The troubles of each open case that has any."""
    items = world.hall.manager.ask(f"{HALL}/cases", params={"troubles": "yes"}).json()["items"]
    return {each["code"]: each["troubles"] for each in items}


@step("没有无人负责的办件")
def none_ownerless(world: World) -> None:
    assert not any("ownerless" in troubles for troubles in troubled(world).values())


@step("没有要督办的办件")
def none_troubled(world: World) -> None:
    assert troubled(world) == {}


@step("{who}的办件列为「{trouble}」")
def listed_as(world: World, who: str, trouble: str) -> None:
    assert troubled(world)[world.cases[who]] == [trouble]


@step("{who}的办件承诺{count}个工作日办结")
def days_promised(world: World, who: str, count: str) -> None:
    assert world.case(who)["days_left"] == int(count)


@step("{who}的办件承诺到{day}办结")
def promised_until(world: World, who: str, day: str) -> None:
    assert world.case(who)["promised_on"] == str(day_named(day))


@step("{who}的办件因「{reason}」停表")
def clock_stops(world: World, who: str, reason: str) -> None:
    world.done(world.hall.manager.tell(f"{HALL}/cases/{world.cases[who]}/stop-clock", {"reason": reason}))


@step("{who}的办件恢复计时")
def clock_runs(world: World, who: str) -> None:
    world.done(world.hall.manager.tell(f"{HALL}/cases/{world.cases[who]}/run-clock"))


@step("{who}的办件以「办结」结案")
def closes(world: World, who: str) -> None:
    world.done(world.hall.manager.tell(f"{HALL}/cases/{world.cases[who]}/close", {"outcome": "completed"}))


@step("{window}号窗口看得到{who}的办件快到期")
def sees_due(world: World, window: str, who: str) -> None:
    promises = world.clerk_at(int(window)).view(int(window))["promises"]
    assert [each["code"] for each in promises] == [world.cases[who]]


@step("「{business}」的「{item}」清单有「{papers}」")
def checklist(world: World, business: str, item: str, papers: str) -> None:
    world.cases["清单"] = f"{business}/{item}"
    assert [paper["names"]["zh-Hans"] for paper in world.item(business, item)["papers"]] == words(papers)


@step("其中次要材料是「{papers}」")
def minor_papers(world: World, papers: str) -> None:
    business, item = world.cases["清单"].split("/")
    minor = [paper["names"]["zh-Hans"] for paper in world.item(business, item)["papers"] if paper["minor"]]
    assert minor == words(papers)


@step("{window}号窗口把人转给{window2}号窗口办「{business}」，留言「{note}」")
def transfers(world: World, window: str, window2: str, business: str, note: str) -> None:
    body = {"business": world.business(business)["code"], "note": note, "to_window": int(window2)}
    world.done(world.clerk_at(int(window)).act(int(window), "transfer", **body))


@step("{window}号窗口把人转给{clerk}办「{business}」，留言「{note}」")
def transfers_to(world: World, window: str, clerk: str, business: str, note: str) -> None:
    body = {"business": world.business(business)["code"], "note": note, "to_clerk": CLERKS[clerk]}
    world.done(world.clerk_at(int(window)).act(int(window), "transfer", **body))


@step("{window}号窗口看得到留言「{note}」")
def reads_note(world: World, window: str, note: str) -> None:
    assert [each["text"] for each in world.clerk_at(int(window)).view(int(window))["notes"]] == [note]


@step("{window}号窗口看得到首问是{clerk}")
def reads_owner(world: World, window: str, clerk: str) -> None:
    assert world.clerk_at(int(window)).view(int(window))["owner"]["number"] == CLERKS[clerk]
