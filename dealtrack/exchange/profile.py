"""A company as one whole object: its names, identifiers and relatives, what was judged of it, and what it did."""

from typing import Any

from dealtrack.domain.dealings import Met
from dealtrack.domain.holding import Share, Step
from dealtrack.domain.profile import Profile, Relative
from dealtrack.domain.stake import percent_string


def company_object(profile: Profile, deals: list[dict[str, Any]]) -> dict[str, Any]:
    """The company with its deals, which are objects of the JSON contract. Keys are always there."""
    company, done = profile.company, profile.dealings
    return {
        "slug": company.slug,
        "name": company.name,
        "kind": company.kind,
        "country": company.country,
        "sectors": list(company.sectors),
        "ticker": company.ticker,
        "note": company.note,
        "aliases": [
            {
                "alias": alias.alias,
                "kind": alias.kind,
                "valid": alias.valid.edtf if alias.valid else None,
                "of": of.slug,
            }
            for of in (company, *profile.merged)
            for alias in of.aliases
        ],
        "merged": [{"slug": other.slug, "name": other.name} for other in profile.merged],
        "identifiers": [{"kind": i.kind, "value": i.value, "source": i.source} for i in profile.identifiers],
        "parents": [_relative(relative, relative.tie.parent) for relative in profile.parents],
        "subsidiaries": [_relative(relative, relative.tie.company) for relative in profile.subsidiaries],
        "judgements": [told._asdict() for told in profile.judgements],
        "roles": dict(done.roles),
        "held": [_step(step, step.target.slug, step.target.name) for step in done.held],
        "owners": [_step(step, step.holder.slug, step.holder.name) for step in done.owners],
        "partners": [_met(one) for one in done.partners],
        "rivals": [_met(one) for one in done.rivals],
        "deals": deals,
    }


def _relative(relative: Relative, slug: str) -> dict[str, Any]:
    return {"company": slug, "name": relative.name, "valid": relative.tie.valid.edtf if relative.tie.valid else None}


def _met(one: Met) -> dict[str, Any]:
    return {"company": one.company, "name": one.name, "deals": list(one.deals)}


def _step(step: Step, company: str, name: str) -> dict[str, Any]:
    return {
        "company": company,
        "name": name,
        "date": step.date.edtf,
        "step": step.sort,
        "before": _share(step.before),
        "after": _share(step.after),
        "deal": step.deal.slug,
    }


def _share(share: Share) -> dict[str, str | None]:
    return {"low": percent_string(share.low), "high": percent_string(share.high)}
