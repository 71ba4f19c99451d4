"""Device data by programs in .NET: what Xamarin and .NET for Android apps read of the device.

What it finds
    Calls by which a program in .NET reads the device through the bindings of the platform's own
    classes: identifiers, position, contacts, messages, camera, microphone and whatever else pack
    ``apis`` knows. One finding for each way and each thing done with it.

Why it matters
    In such apps the code of Java is the same for all: what the app itself does stands in its
    assemblies, and who looks at the Java code alone finds nothing.

How it decides
    The bindings keep the names of the platform's classes and methods; pack ``bindings`` tells the
    package behind a namespace, a property ``DeviceId`` is the method ``getDeviceId`` or the
    constant ``DEVICE_ID``. Names are compared without regard to capitals. Entries that count only
    with a constant argument count when the call is given it. Addresses of records (``CONTENT_URI``)
    are only *named*. Assemblies of the platform and of well-known libraries are left out.

What it misses
    Ways that pack ``apis`` does not know; classes called by reflection; plugins that wrap the
    platform (those of Xamarin.Essentials are told by ``takes/script_data``).

Example
    ``telephony.DeviceId``, ``Settings.Secure.GetString(ContentResolver, "android_id")``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from witnessmark.analyses.contract import Analysis, Yield
from witnessmark.analyses.script_calls import ScriptCallSite, program_calls
from witnessmark.analyses.takes._permits import Permits
from witnessmark.facts.tables.manifest import APP, COMPONENTS, PERMISSIONS
from witnessmark.facts.tables.scripts import SCRIPT_CALLS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.apis import Api
from witnessmark.knowledge.packs.bindings import Binding
from witnessmark.knowledge.packs.people import Category, any_special, by_term
from witnessmark.model.finding import Finding, Reach, Strength

MANAGED_DATA = Analysis(
    id="takes/managed_data",
    version=1,
    reads=(APP, COMPONENTS, PERMISSIONS, SCRIPT_CALLS, SCRIPTS),
    knows=("apis", "bindings", "people"),
)

DOTNET = "dotnet"
MOST_QUOTED = 8
ADDRESS = "_URI"
"""How constants end that are addresses of records."""

NOTHING_SHOWN = "It does not show what becomes of the data."
RUNS = "Whether and when the program in .NET comes to this is not known."
NAMED = "The constant stands in the code; no use of it was seen in the same method."


@MANAGED_DATA.run
def find(app: Facts, know: Knowledge) -> Iterator[Yield]:
    """Yield one finding for each way and action."""
    calls = list(program_calls(app, DOTNET))
    if not calls:
        return
    bound = _Bound(know.entries("apis", Api), know.entries("bindings", Binding))
    found: dict[tuple[str, str], list[ScriptCallSite]] = defaultdict(list)
    meant: dict[str, Api] = {}
    for site in calls:
        for api, action in bound.meant(site):
            found[api.id, action].append(site)
            meant[api.id] = api
    categories = by_term(know.entries("people", Category))
    permits = Permits(app)
    for api_id, action in sorted(found):
        sites = found[api_id, action]
        yield _finding(app, meant[api_id], action, sites, permits, categories)


class _Bound:
    """Entries of pack ``apis`` by the names that they have in .NET."""

    def __init__(self, apis: Sequence[Api], bindings: Sequence[Binding]) -> None:
        self._bindings = sorted(bindings, key=lambda one: -len(one.namespace))
        self._by_name: dict[tuple[str, str], list[Api]] = defaultdict(list)
        for api in apis:
            if api.kind in ("method", "field") and api.what and not api.parameters:
                owner = api.owner.replace("$", ".").lower()
                for member in api.members:
                    self._by_name[owner, _plain(member)].append(api)

    def meant(self, site: ScriptCallSite) -> Iterator[tuple[Api, str]]:
        """Entries that a call means, with what is done."""
        owner, _, member = site.name.rpartition(".")
        name = "init" if site.made else member.removeprefix("get_")
        if site.made:
            owner = site.name
        for package in self._packages(owner):
            for api in self._by_name.get((package, _plain(name)), ()):
                if not api.argument or any(_is_given(one, site) for one in api.argument):
                    names = any(one.endswith(ADDRESS) for one in api.members)
                    yield api, "names" if names else api.action

    def _packages(self, owner: str) -> Iterator[str]:
        """The class of Java behind a class of .NET; of an interface ``IName`` also ``Name``."""
        binding = next((one for one in self._bindings if one.recognises(owner)), None)
        if binding is None:
            return
        rest = owner[len(binding.namespace) :]
        yield f"{binding.package}{rest.lower()}"
        space, _, name = rest.rpartition(".")
        if name[:1] == "I" and name[1:2].isupper():
            yield f"{binding.package}{space.lower()}.{name[1:].lower()}"


def _plain(member: str) -> str:
    """A member's name in small letters, without what only Java or only .NET has."""
    plain = member.replace("_", "").strip("<>").lower()
    return plain.removeprefix("get") or plain


def _is_given(argument: str, site: ScriptCallSite) -> bool:
    """Whether a call is given a constant, at whatever place."""
    value = argument.partition("=")[2]
    return any(one in (value, f"={value}") for one in site.arguments if isinstance(one, str))


def _finding(
    app: Facts,
    api: Api,
    action: str,
    sites: Sequence[ScriptCallSite],
    permits: Permits,
    categories: Mapping[str, Category],
) -> Finding:
    need = permits.need(api, action)
    limits = [NOTHING_SHOWN, RUNS, *([NAMED] if action == "names" else []), *need.limits]
    if len(sites) > MOST_QUOTED:
        limits.append(f"{MOST_QUOTED} of {len(sites)} places are quoted.")
    strength: Strength = "indicated" if action == "names" else "read"
    return Finding(
        kind="takes.device_data",
        subject={
            "what": api.what,
            "api": api.id,
            "action": action,
            "permission": sorted(need.names),
            "permission_held": bool(need.held),
            "sites": len(sites),
            "functions": sorted({site.name for site in sites}),
            "files": sorted({site.member for site in sites}),
            "platform": ".NET",
        },
        says=f"The app {api.doing(action)}.",
        evidence=tuple(
            site.quote(app, f"a program in .NET calls {site.name}") for site in sites[:MOST_QUOTED]
        ),
        strength=strength,
        reach=Reach("unknown"),
        categories=api.categories,
        special=any_special(api.categories, categories),
        about=api.about,
        limits=tuple(limits),
        identity=f"dotnet {api.id} {action}",
    )
