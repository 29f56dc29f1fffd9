"""Draw the gallery of the README from the seeds: `python docs/gallery.py`."""

from pathlib import Path

import analysis as an
from analysis.charts import style

HERE = Path(__file__).parent
DPI = 110  # a PNG stays below 150 KB


def main() -> None:
    """Write one PNG per chart beside this file."""
    import matplotlib

    matplotlib.use("Agg")
    story = an.load(HERE.parent / "seeds")
    claims = an.claims(story)
    drawn = {
        "claim_bands": an.charts.claim_bands(claims, story=story),
        "agency": an.charts.agency(an.agency(story), story=story),
        "hedge_types": an.charts.hedge_types(an.hedges(story), story=story),
        "frame_matrix": an.charts.frame_matrix(an.frames(story), story=story),
    }
    for name, ax in drawn.items():
        with matplotlib.rc_context(style.RC):
            path = HERE / f"{name}.png"
            ax.get_figure().savefig(path, dpi=DPI, metadata={"Software": None})
        print(f"{path.name}  {path.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
