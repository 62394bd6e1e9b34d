using Platform.Inference.Batching;
using Platform.Inference.Models;
using Platform.Inference.Requests;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Predictions;

/// <summary>
/// Requests without rows. They never reach the runtime, whose native code does not always survive them, and are answered from the
/// signature instead: no rows of answers.
/// </summary>
internal static class EmptyRequest
{
    /// <summary>How a request without rows ends; null for one that has rows.</summary>
    public static BatchResult? Find(LoadedVersion version, Prediction prediction)
    {
        var request = prediction.Request;
        if (request.HasRows) return null;
        var without = Array.FindIndex(request.Inputs, input => input.Shape.Length > 0 && input.Shape[0] == 0);
        if (without < 0) return null;
        return request.IsEmpty
            ? Answer(version, prediction)
            : Refused($"Input '{version.Schema.Inputs[without].Name}' has no rows, but others have.");
    }

    private static BatchResult Answer(LoadedVersion version, Prediction prediction)
    {
        var outputs = version.Schema.Outputs;
        foreach (var output in outputs)
        {
            if (output.Shape is not [Shapes.Dynamic, ..] || output.Shape.Skip(1).Contains(Shapes.Dynamic))
                return Refused($"The request has no rows, and what output '{output.Name}' looks like without any is not known.");
        }

        for (var i = 0; i < outputs.Count; i++) prediction.Item.Outputs[i].Reset(outputs[i].Datatype, [0, .. outputs[i].Shape.Skip(1)]);
        return BatchResult.Completed;
    }

    private static BatchResult Refused(string problem) => new(BatchStatus.Failed, problem);
}
