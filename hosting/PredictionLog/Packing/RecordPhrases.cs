using System.Text;

namespace Platform.Hosting.PredictionLog.Packing;

/// <summary>What the phrases say.</summary>
internal static class RecordPhrases
{
    private static readonly byte[][] Texts = [.. Enum.GetValues<RecordPhrase>().Order().Select(phrase => Encoding.UTF8.GetBytes(TextOf(phrase)))];

    /// <summary>False when no phrase has the number.</summary>
    public static bool TryGet(byte number, out ReadOnlySpan<byte> text)
    {
        text = number < Texts.Length ? Texts[number] : default;
        return number < Texts.Length;
    }

    private static string TextOf(RecordPhrase phrase) => phrase switch
    {
        RecordPhrase.Head => """{"specversion":"1.0","source":"/inference","type":"predictions.prediction-logged.v1","datacontenttype":"application/json","subject":""",
        RecordPhrase.Id => ",\"id\":",
        RecordPhrase.Time => ",\"time\":",
        RecordPhrase.TraceParent => ",\"traceparent\":",
        RecordPhrase.Version => ",\"data\":{\"version\":",
        RecordPhrase.Route => ",\"route\":",
        RecordPhrase.RouteKey => ",\"routeKey\":",
        RecordPhrase.RequestId => ",\"requestId\":",
        RecordPhrase.TraceId => ",\"traceId\":",
        RecordPhrase.Status => ",\"status\":",
        RecordPhrase.Error => ",\"error\":",
        RecordPhrase.Rows => ",\"rows\":",
        RecordPhrase.Inputs => ",\"inputs\":[",
        RecordPhrase.Outputs => "],\"outputs\":[",
        RecordPhrase.Tensor => "{\"name\":",
        RecordPhrase.Datatype => ",\"datatype\":",
        RecordPhrase.Shape => ",\"shape\":",
        RecordPhrase.Stride => ",\"stride\":",
        RecordPhrase.Digest => ",\"digest\":",
        RecordPhrase.Summaries => ",\"summaries\":[",
        RecordPhrase.Mean => "{\"mean\":",
        RecordPhrase.Std => ",\"std\":",
        RecordPhrase.Min => ",\"min\":",
        RecordPhrase.Max => ",\"max\":",
        RecordPhrase.Zeros => ",\"zeros\":",
        RecordPhrase.EndSummaries => "]",
        RecordPhrase.Data => ",\"data\":",
        RecordPhrase.QueueMicros => "],\"timings\":{\"queueMicros\":",
        RecordPhrase.BatchMicros => ",\"batchMicros\":",
        RecordPhrase.ComputeMicros => ",\"computeMicros\":",
        RecordPhrase.TotalMicros => ",\"totalMicros\":",
        RecordPhrase.BatchSize => "},\"batchSize\":",
        RecordPhrase.Device => ",\"device\":",
        RecordPhrase.Comma => ",",
        RecordPhrase.EndObject => "}",
        RecordPhrase.End => "}}",
        _ => throw new ArgumentOutOfRangeException(nameof(phrase)),
    };
}
