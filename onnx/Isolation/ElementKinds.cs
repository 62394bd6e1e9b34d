using Platform.Onnx.Graphs;

namespace Platform.Onnx.Isolation;

/// <summary>
/// What elements operators make, of the operators that common exporters write. Of any other nothing is known, which is safe: it only makes
/// a division behind it count as one of whole numbers.
/// </summary>
internal static class ElementKinds
{
    /// <summary>Operators whose every output has the elements of their first input.</summary>
    private static readonly HashSet<string> AsFirstInput =
    [
        "Abs", "Acos", "Acosh", "Add", "Asin", "Asinh", "Atan", "Atanh", "AveragePool", "BatchNormalization", "Ceil", "Celu",
        "Clip", "Compress", "Concat", "Conv", "ConvTranspose", "Cos", "Cosh", "CumSum", "DepthToSpace", "Div", "Einsum", "Elu", "Erf", "Exp",
        "Expand", "Flatten", "Floor", "GRU", "Gather", "GatherElements", "GatherND", "Gelu", "Gemm", "GlobalAveragePool",
        "GlobalLpPool", "GlobalMaxPool", "GridSample", "GroupNormalization", "HardSigmoid", "HardSwish", "Hardmax", "Identity",
        "InstanceNormalization", "LRN", "LSTM", "LayerNormalization", "LeakyRelu", "Log", "LogSoftmax", "LpNormalization", "LpPool",
        "MatMul", "Max", "Mean", "MeanVarianceNormalization", "Min", "Mish", "Mod", "Mul", "Neg", "PRelu", "Pad", "Pow",
        "RMSNormalization", "RNN", "Reciprocal", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean",
        "ReduceMin", "ReduceProd", "ReduceSum", "ReduceSumSquare", "Relu", "Reshape", "Resize", "ReverseSequence", "Round", "Scatter",
        "ScatterElements", "ScatterND", "Selu", "Shrink", "Sigmoid", "Sign", "Sin", "Sinh", "Slice", "Softmax", "SoftmaxCrossEntropyLoss",
        "Softplus", "Softsign", "SpaceToDepth", "Split", "Sqrt", "Squeeze", "Sub", "Sum", "Swish", "Tan", "Tanh", "ThresholdedRelu", "Tile",
        "Transpose", "Trilu", "Unsqueeze", "Upsample",
    ];

    /// <summary>Operators whose first output has the elements of their first input, and the others whole numbers.</summary>
    private static readonly HashSet<string> FirstAsFirstInput = ["Dropout", "MaxPool", "TopK", "Unique"];

    /// <summary>Operators that make whole numbers, booleans or texts.</summary>
    private static readonly HashSet<string> MakesOther =
    [
        "And", "ArgMax", "ArgMin", "BitShift", "BitwiseAnd", "BitwiseNot", "BitwiseOr", "BitwiseXor", "Equal", "Greater", "GreaterOrEqual", "IsInf",
        "IsNaN", "Less", "LessOrEqual", "MatMulInteger", "ConvInteger", "NonMaxSuppression", "NonZero", "Not", "Or", "RegexFullMatch", "Shape",
        "Size", "StringConcat", "StringNormalizer", "StringSplit", "Xor",
    ];

    private static readonly HashSet<string> MakesFloating = ["ai.onnx.ml.Normalizer", "ai.onnx.ml.Scaler", "ai.onnx.ml.SVMRegressor", "ai.onnx.ml.TreeEnsembleRegressor", "ai.onnx.ml.LinearRegressor", "ai.onnx.ml.OneHotEncoder", "TfIdfVectorizer"];

    /// <summary>The kind of the output at <paramref name="index"/>.</summary>
    public static ElementKind Of(OnnxNode node, int index, IReadOnlyList<ValueFacts> inputs)
    {
        var name = node.Operator.Domain.Length == 0 ? node.Operator.Name : $"{node.Operator.Domain}.{node.Operator.Name}";
        if (AsFirstInput.Contains(name)) return KindOf(inputs, 0);
        if (FirstAsFirstInput.Contains(name)) return index == 0 ? KindOf(inputs, 0) : ElementKind.Other;
        if (MakesOther.Contains(name)) return ElementKind.Other;
        if (MakesFloating.Contains(name)) return ElementKind.Floating;
        return name switch
        {
            "Cast" => Named(node, "to", 0),
            "Where" or "Range" => KindOf(inputs, 1),
            "CastLike" => KindOf(inputs, 1),
            "OneHot" or "DequantizeLinear" => KindOf(inputs, inputs.Count == 0 ? 0 : name == "OneHot" ? 2 : 1),
            "ConstantOfShape" => node.Attributes.GetValueOrDefault("value")?.Tensor is { } value ? ValueFacts.KindOf(value.ElementType) : ElementKind.Floating,
            "RandomNormal" or "RandomUniform" => Named(node, "dtype", 1),
            _ => ElementKind.Unknown,
        };
    }

    private static ElementKind KindOf(IReadOnlyList<ValueFacts> inputs, int index) => index < inputs.Count ? inputs[index].Kind : ElementKind.Unknown;

    private static ElementKind Named(OnnxNode node, string attribute, long otherwise) =>
        ValueFacts.KindOf(node.Attributes.GetValueOrDefault(attribute)?.Integer ?? otherwise);
}
