"""A release loads in Hugging Face `datasets` with no argument but its folder. Run by run.ts, which builds the releases named here."""

import json
import os
import sys
import traceback
import warnings

import datasets

RELEASES = os.environ["RELEASES"]
datasets.disable_progress_bars()


def load(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)
        return datasets.load_dataset(os.path.join(RELEASES, name))


def manifest(name):
    with open(os.path.join(RELEASES, name, "manifest.json"), encoding="utf-8") as file:
        return json.load(file)


def test_three_splits_load_with_the_rows_of_the_manifest():
    loaded = load("whole")
    told = manifest("whole")["splits"]
    assert {split: loaded[split].num_rows for split in loaded} == {split: told[split]["rows"] for split in told}


def test_a_release_of_one_split_loads():
    loaded = load("train")
    assert list(loaded) == ["train"]
    assert loaded["train"].num_rows == manifest("train")["rows"]


def test_the_features_are_the_ones_of_the_card():
    features = load("whole")["train"].features
    kinds = {name: feature.dtype for name, feature in features.items()}
    assert kinds["observation"] == "string" and kinds["step_index"] == "int32" and len(kinds) == 17


def test_trees_are_json():
    for row in load("whole")["train"]:
        observation, action = json.loads(row["observation"]), json.loads(row["action"])
        assert action["kind"] == row["action_kind"]
        assert any(node["id"] == row["target_node"] for node in observation["nodes"])


def test_rows_that_went_through_lines_are_the_same():
    whole, back = load("whole"), load("back")
    assert all(whole[split].to_list() == back[split].to_list() for split in whole)


def test_pyarrow_reads_the_files_by_themselves():
    import pyarrow.parquet

    for file in manifest("whole")["files"]:
        if file["split"] is not None:
            table = pyarrow.parquet.read_table(os.path.join(RELEASES, "whole", file["path"]))
            assert set(table.column("split").to_pylist()) == {file["split"]}


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    failed = 0
    for name, test in tests:
        try:
            test()
            print("ok  ", name.removeprefix("test_").replace("_", " "))
        except Exception:
            failed += 1
            print("FAIL", name)
            traceback.print_exc()
    print(f"datasets {datasets.__version__}\n{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
