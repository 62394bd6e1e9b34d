"""Writes a text model as ONNX from raw string to probabilities: tokens, ids, then the network's own layers.

The graph is opset 20, the first with StringSplit. It is put together by hand because neither the exporter nor the
checker of Debian 12 knows that opset; toolkit/runtime.py runs it, which is the real check.
"""

import numpy
from onnx import TensorProto, helper, numpy_helper

from toolkit.text_network import PAD, UNKNOWN


def export(name, splitting, vocabulary, model, extra_opsets=()):
    """`splitting(graph, text)` adds nodes from the text [n] to its tokens [n, t], padded with empty strings.

    `vocabulary` maps each token to its id; every other token becomes UNKNOWN.
    """
    graph = Graph()
    tokens = splitting(graph, "text")
    ids = _ids(graph, tokens, vocabulary, model.shape.longest)
    _network(graph, ids, model)
    built = helper.make_graph(
        graph.nodes, name,
        [helper.make_tensor_value_info("text", TensorProto.STRING, ["rows"])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["rows", model.shape.classes])],
        graph.initialisers)
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("ai.onnx.ml", 3), *extra_opsets]
    return helper.make_model(built, producer_name=f"samples/{name}", ir_version=9, opset_imports=opsets)


class Graph:
    """Nodes and constants in the making; every method answers the name of a tensor."""

    def __init__(self):
        self.nodes, self.initialisers = [], []

    def add(self, operator, *inputs, name=None, outputs=1, domain="", **attributes):
        names = [name or f"{operator.lower()}_{len(self.nodes)}", *(f"unused_{i}" for i in range(1, outputs))]
        self.nodes.append(helper.make_node(operator, list(inputs), names, domain=domain, **attributes))
        return names[0]

    def constant(self, name, values, dtype=None):
        array = values.detach().numpy() if hasattr(values, "detach") else numpy.array(values, dtype=dtype)
        self.initialisers.append(numpy_helper.from_array(numpy.ascontiguousarray(array), name))
        return name

    def integers(self, name, *values):
        return self.constant(name, values, numpy.int64)


def _ids(graph, tokens, vocabulary, longest):
    """The first tokens of each text as ids, and one column of padding more: a batch of empty texts has none."""
    start = graph.add("Slice", tokens, graph.integers("first", 0), graph.integers("longest", longest),
                      graph.integers("token_axis", 1))
    words = sorted(vocabulary)
    ids = graph.add("LabelEncoder", start, domain="ai.onnx.ml", keys_strings=["", *words],
                    values_int64s=[PAD, *(vocabulary[word] for word in words)], default_int64=UNKNOWN)
    return graph.add("Pad", ids, graph.integers("one_column", 0, 0, 0, 1), name="ids")


def _network(graph, ids, model):
    looked_up = graph.add("Gather", graph.constant("embedding", model.embedding.weight), ids)
    embedded = graph.add("Transpose", looked_up, perm=[0, 2, 1])
    weights = [graph.constant(f"convolution_{name}", value) for name, value in model.convolution.named_parameters()]
    convolved = graph.add("Conv", embedded, *weights, kernel_shape=[3], pads=[1, 1])
    real = graph.add("Cast", graph.add("Not", graph.add("Equal", ids, graph.integers("pad", PAD))),
                     to=TensorProto.FLOAT)
    mask = graph.add("Unsqueeze", real, graph.integers("filter_axis", 1))
    pooled = _pooling(graph, graph.add("Mul", graph.add("Relu", convolved), mask), embedded, mask)
    hidden = graph.add("Relu", _dense(graph, pooled, "hidden", model.hidden))
    graph.add("Softmax", _dense(graph, hidden, "output", model.output), name="probabilities", axis=1)


def _pooling(graph, seen, embedded, mask):
    axis = graph.integers("position_axis", 2)
    largest = graph.add("ReduceMax", seen, axis, keepdims=0)
    total = graph.add("ReduceSum", graph.add("Concat", seen, embedded, axis=1), axis, keepdims=0)
    count = graph.add("ReduceSum", mask, axis, keepdims=0)
    mean = graph.add("Div", total, graph.add("Max", count, graph.constant("one", [1.0], numpy.float32)))
    return graph.add("Concat", largest, mean, axis=1)


def _dense(graph, values, name, layer):
    weights = graph.constant(f"{name}_weight", layer.weight), graph.constant(f"{name}_bias", layer.bias)
    return graph.add("Gemm", values, *weights, transB=1)
