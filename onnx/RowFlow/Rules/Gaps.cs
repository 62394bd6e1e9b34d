using Platform.Onnx.Graphs;
using Platform.Onnx.Inspection;

namespace Platform.Onnx.RowFlow.Rules;

/// <summary>
/// Operators whose kernels answer NaN in one way or another by the place of its row: they look at several numbers at a time, and at
/// those left over one by one. Rows that come with NaN run alone; here it is about NaN that the graph itself makes of a row.
/// </summary>
internal static class Gaps
{
    public const string Why = "answers NaN, which the operators before it may make of a row, by the row's place in the batch";

    private const int Double = 11;

    /// <summary>Whether the operator does so in a model.</summary>
    public static bool ArePlaced(OperatorName name, OnnxModel model) => name.Domain.Length == 0
        && (name.Name is "ReduceMax" or "ReduceMin" or "Hardmax" || (name.Name == "LogSoftmax" && HoldsDoubles(model)));

    private static bool HoldsDoubles(OnnxModel model) =>
        model.Graph.Inputs.Concat(model.Graph.Outputs).Any(value => value.ElementType == Double)
            || model.Graph.Constants.Values.Any(constant => constant.ElementType == Double)
            || model.Graph.Nodes.Any(node => node.Attributes.Values.Any(attribute =>
                attribute.Tensor?.ElementType == Double || (attribute.Name == "to" && attribute.Integer == Double)));
}
