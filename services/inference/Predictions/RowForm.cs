using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Requests;
using Platform.Inference.Rows;

namespace Platform.Inference.Predictions;

/// <summary>Rows whose features go by their names, as JSON alone.</summary>
internal readonly struct RowForm : IBodyForm
{
    public static Error? Read(ReadOnlySpan<byte> body, int? jsonLength, LoadedVersion version, Prediction prediction)
    {
        if (jsonLength is not null) return PredictionErrors.RowsAreJson;
        if (version.Rows.Problem is { } unable) return PredictionErrors.RowsUnsupported(version.Model, unable);
        return RowsReader.Read(body, version.Rows, prediction.Request) switch
        {
            null => null,
            { Fields: { } fields } => PredictionErrors.RowsInvalid(fields),
            var refusal => PredictionErrors.Malformed(refusal.Malformed!),
        };
    }

    public static void WriteAnswer(LoadedVersion version, Prediction prediction, TimeProvider time) =>
        prediction.WriteAnswer(version.RowResponses);
}
