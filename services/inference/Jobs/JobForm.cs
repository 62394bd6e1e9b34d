using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Requests;
using Platform.Inference.Rows;

namespace Platform.Inference.Jobs;

/// <summary>A job's body is of either form; the form of its result is the same.</summary>
internal static class JobForm
{
    /// <summary>Reads <paramref name="body"/> into the prediction's request, or says why it is refused.</summary>
    public static Error? Read(byte[] body, LoadedVersion version, Prediction prediction)
    {
        if (RowsReader.IsByName(body)) return RowForm.Read(body, jsonLength: null, version, prediction);
        if (TensorForm.Read(body, jsonLength: null, version, prediction) is { } refusal) return refusal;
        foreach (var output in prediction.Request.Outputs)
            if (prediction.Request.IsBinary(output)) return JobErrors.BinaryOutput;
        return null;
    }

    /// <summary>Writes the answer in the form of the body.</summary>
    public static void WriteAnswer(byte[] body, LoadedVersion version, Prediction prediction, TimeProvider time)
    {
        if (RowsReader.IsByName(body)) RowForm.WriteAnswer(version, prediction, time);
        else TensorForm.WriteAnswer(version, prediction, time);
    }
}
