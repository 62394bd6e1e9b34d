"""Version 2: a random forest on the same raw row, written as one TreeEnsembleClassifier."""

import numpy
from onnx import TensorProto, checker, helper
from sklearn.ensemble import RandomForestClassifier

PARAMS = {"trees": 100, "maxDepth": 8, "minSamplesLeaf": 4, "maxFeatures": 6}


def train(rows, seed):
    model = RandomForestClassifier(n_estimators=PARAMS["trees"], max_depth=PARAMS["maxDepth"],
                                   min_samples_leaf=PARAMS["minSamplesLeaf"],
                                   max_features=PARAMS["maxFeatures"], random_state=seed)
    return model.fit(rows.values, rows.labels)


def export(model, width):
    nodes, leaves = _Nodes(), _Leaves()
    for tree_id, estimator in enumerate(model.estimators_):
        _add_tree(nodes, leaves, tree_id, estimator.tree_, weight=1 / len(model.estimators_))
    ensemble = helper.make_node("TreeEnsembleClassifier", ["input"], ["decision", "probabilities"],
                                domain="ai.onnx.ml", classlabels_int64s=[0, 1], post_transform="NONE",
                                **nodes.attributes(), **leaves.attributes())
    graph = helper.make_graph(
        [ensemble], "credit",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["rows", width])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["rows", 2])])
    exported = helper.make_model(graph, producer_name="samples/credit", ir_version=8, opset_imports=[
        helper.make_opsetid("", 15), helper.make_opsetid("ai.onnx.ml", 3)])
    checker.check_model(exported)
    return exported


class _Nodes:
    """The nodes_* columns of the operator, one entry for each node of each tree."""

    def __init__(self):
        names = ("treeids", "nodeids", "featureids", "values", "modes", "truenodeids", "falsenodeids")
        self.columns = {name: [] for name in names}

    def add(self, **cells):
        for name, cell in cells.items():
            self.columns[name].append(cell)

    def attributes(self):
        return {f"nodes_{name}": column for name, column in self.columns.items()}


class _Leaves(_Nodes):
    def __init__(self):
        self.columns = {name: [] for name in ("treeids", "nodeids", "ids", "weights")}

    def attributes(self):
        return {f"class_{name}": column for name, column in self.columns.items()}


def _add_tree(nodes, leaves, tree_id, tree, weight):
    for node in range(tree.node_count):
        leaf = tree.children_left[node] < 0
        nodes.add(treeids=tree_id, nodeids=node, modes="LEAF" if leaf else "BRANCH_LEQ",
                  featureids=0 if leaf else int(tree.feature[node]),
                  values=0.0 if leaf else _threshold(tree.threshold[node]),
                  truenodeids=0 if leaf else int(tree.children_left[node]),
                  falsenodeids=0 if leaf else int(tree.children_right[node]))
        if leaf:
            counts = tree.value[node][0]
            for label, share in enumerate(counts / counts.sum()):
                leaves.add(treeids=tree_id, nodeids=node, ids=label, weights=float(share * weight))


def _threshold(value):
    """The largest FP32 at or below the threshold: x <= t then holds for the same FP32 x as in double precision."""
    rounded = numpy.float32(value)
    return float(rounded if rounded <= value else numpy.nextafter(rounded, numpy.float32(-numpy.inf)))
