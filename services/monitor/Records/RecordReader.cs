using System.Text.Json;
using Platform.Monitor.Features;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Records;

/// <summary>
/// Reads a record of the prediction log in one pass, without building objects for what the monitor does not look at; the
/// elements of tensors stay where they are until somebody wants them.
/// </summary>
internal static class RecordReader
{
    /// <summary>Throws <see cref="JsonException"/> where a member has the wrong type.</summary>
    public static LoggedPrediction Read(ReadOnlyMemory<byte> json)
    {
        var prediction = new LoggedPrediction();
        var reader = new Utf8JsonReader(json.Span);
        try
        {
            reader.Read();
            Expect(ref reader, JsonTokenType.StartObject);
            while (NextMember(ref reader))
                ReadMember(ref reader, prediction, json);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new JsonException("A member of the record has the wrong type.", exception);
        }

        Check(prediction);
        return prediction;
    }

    // What is not so would make windows without end, or of no time.
    private static void Check(LoggedPrediction prediction)
    {
        var mostRows = prediction.Inputs.Concat(prediction.Outputs).Select(tensor => tensor.Elements).DefaultIfEmpty(1).Max();
        if (prediction.Rows < 1 || prediction.Rows > Math.Max(1, mostRows))
            throw new JsonException($"A record of {prediction.Rows} rows does not hold them.");
        if (prediction.Time == default)
            throw new JsonException("A record says when its request came in.");
    }

    private static void ReadMember(ref Utf8JsonReader reader, LoggedPrediction prediction, ReadOnlyMemory<byte> json)
    {
        if (Is(ref reader, "id"u8)) prediction.Id = reader.GetString() ?? "";
        else if (Is(ref reader, "subject"u8)) prediction.Model = reader.GetString() ?? "";
        else if (Is(ref reader, "time"u8)) prediction.Time = reader.GetDateTimeOffset();
        else if (Is(ref reader, "traceparent"u8)) prediction.TraceParent = reader.GetString();
        else if (Is(ref reader, "data"u8)) ReadData(ref reader, prediction, json);
        else SkipMember(ref reader);
    }

    private static void ReadData(ref Utf8JsonReader reader, LoggedPrediction prediction, ReadOnlyMemory<byte> json)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "version"u8)) prediction.Version = reader.GetString() ?? "";
            else if (Is(ref reader, "route"u8)) prediction.Route = reader.GetString() ?? "";
            else if (Is(ref reader, "status"u8)) prediction.Status = reader.GetString() ?? "";
            else if (Is(ref reader, "rows"u8)) prediction.Rows = reader.GetInt32();
            else if (Is(ref reader, "inputs"u8)) ReadTensors(ref reader, prediction.Inputs, json);
            else if (Is(ref reader, "outputs"u8)) ReadTensors(ref reader, prediction.Outputs, json);
            else if (Is(ref reader, "timings"u8)) ReadTimings(ref reader, prediction);
            else SkipMember(ref reader);
        }
    }

    private static void ReadTimings(ref Utf8JsonReader reader, LoggedPrediction prediction)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "queueMicros"u8)) prediction.QueueMicros = reader.GetInt64();
            else if (Is(ref reader, "batchMicros"u8)) prediction.BatchMicros = reader.GetInt64();
            else if (Is(ref reader, "computeMicros"u8)) prediction.ComputeMicros = reader.GetInt64();
            else if (Is(ref reader, "totalMicros"u8)) prediction.TotalMicros = reader.GetInt64();
            else SkipMember(ref reader);
        }
    }

    private static void ReadTensors(ref Utf8JsonReader reader, List<LoggedTensorSlice> tensors, ReadOnlyMemory<byte> json)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref reader, JsonTokenType.StartObject);
            var tensor = new LoggedTensorSlice();
            while (NextMember(ref reader))
                ReadTensorMember(ref reader, tensor, json);
            tensors.Add(tensor);
        }
    }

    private static void ReadTensorMember(ref Utf8JsonReader reader, LoggedTensorSlice tensor, ReadOnlyMemory<byte> json)
    {
        if (Is(ref reader, "name"u8)) tensor.Name = reader.GetString() ?? "";
        else if (Is(ref reader, "datatype"u8)) tensor.Datatype = reader.GetString() ?? "";
        else if (Is(ref reader, "shape"u8)) tensor.Elements = ReadProduct(ref reader);
        else if (Is(ref reader, "stride"u8)) tensor.Stride = Math.Max(1, reader.GetInt32());
        else if (Is(ref reader, "data"u8)) tensor.Data = ReadSlice(ref reader, json);
        else if (Is(ref reader, "summaries"u8)) ReadSummaries(ref reader, tensor.Summaries);
        else SkipMember(ref reader);
    }

    private static long ReadProduct(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        var product = 1L;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            product *= reader.GetInt64();
        return product;
    }

    private static void ReadSummaries(ref Utf8JsonReader reader, List<RowSummary> summaries)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return;

        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref reader, JsonTokenType.StartObject);
            var summary = new RowSummary(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
            while (NextMember(ref reader))
            {
                if (Is(ref reader, "mean"u8)) summary = summary with { Mean = ReadNumber(ref reader) };
                else if (Is(ref reader, "std"u8)) summary = summary with { Std = ReadNumber(ref reader) };
                else if (Is(ref reader, "min"u8)) summary = summary with { Min = ReadExact(ref reader) };
                else if (Is(ref reader, "max"u8)) summary = summary with { Max = ReadExact(ref reader) };
                else if (Is(ref reader, "zeros"u8)) summary = summary with { Zeros = ReadNumber(ref reader) };
                else SkipMember(ref reader);
            }

            summaries.Add(summary);
        }
    }

    private static double ReadNumber(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    private static ExactNumber ReadExact(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : ExactNumber.Read(ref reader);

    private static ReadOnlyMemory<byte> ReadSlice(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    // Moves on to a member's name; false at the end of the object.
    private static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    // A name that matches moves on to the value, so that the caller can read it.
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name) && reader.Read();

    private static void SkipMember(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
            throw new JsonException($"The record has {reader.TokenType} where {token} belongs.");
    }
}
