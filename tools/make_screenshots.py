"""Takes the pictures of the documentation from the real editor.

    python -m tools.make_screenshots

Builds the VS Code extension, opens the sample package with the server of this Python
environment, and writes `docs/images/vscode-*.png` and the walk `vscode-walk.gif`. The editors
must be installed: `python tests/editors/install.py`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.editors import code_server
from tests.editors.install import default_cache
from tests.editors.vscode_build import REPOSITORY, Tools, build_extension, build_stand_in

IMAGES = REPOSITORY / "docs" / "images"
COLOURS = 96
SETTINGS = {
    "workbench.colorTheme": "Default Light Modern",
    "editor.minimap.enabled": False,
    "window.commandCenter": False,
    "workbench.layoutControl.enabled": False,
    "breadcrumbs.enabled": False,
}


def write_gif(steps: list[dict[str, object]], target: Path, cache: Path) -> None:
    """Joins pictures to an animation with one palette, so that what stands still is small."""
    sys.path.insert(0, str(cache / "pillow"))
    from PIL import Image

    pictures = [Image.open(str(step["file"])).convert("RGB") for step in steps]
    sheet = Image.new("RGB", (pictures[0].width, pictures[0].height * len(pictures)))
    for index, picture in enumerate(pictures):
        sheet.paste(picture, (0, index * picture.height))
    palette = sheet.quantize(COLOURS, method=Image.Quantize.MEDIANCUT)
    frames = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
    durations = [int(str(step["milliseconds"])) for step in steps]
    frames[0].save(
        target, save_all=True, append_images=frames[1:], duration=durations, loop=0, optimize=True
    )


def main() -> int:
    cache = default_cache()
    tools = Tools(cache)
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for folder in ("ours", "stand-in", "instance", "work"):
            (scratch / folder).mkdir()
        extensions = (
            build_extension(tools, scratch / "ours", with_wheel=False),
            build_stand_in(tools, scratch / "stand-in"),
        )
        sample = shutil.copytree(REPOSITORY / "sample", scratch / "sample")
        path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
        program = cache / "code-server" / "code-server"
        with code_server.running(
            program, scratch / "instance", extensions, path=path, settings=SETTINGS
        ) as instance:
            configuration = {
                "address": instance.address,
                "playwright": str(cache / "playwright/node_modules/playwright-core"),
                "chromium": str(cache / "chromium/chromium"),
                "folder": str(sample),
                "scratch": str(scratch / "work"),
                "output": str(IMAGES),
            }
            driver = REPOSITORY / "tests/editors/vscode/pictures.mjs"
            done = subprocess.run(
                [cache / "node/bin/node", driver, json.dumps(configuration)],
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
        if done.returncode != 0:
            sys.stderr.write(done.stderr)
            return 1
        write_gif(json.loads(done.stdout.splitlines()[-1]), IMAGES / "vscode-walk.gif", cache)
    for image in sorted(IMAGES.glob("vscode-*")):
        sys.stdout.write(f"{image.relative_to(REPOSITORY)}  {image.stat().st_size // 1024} KB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
