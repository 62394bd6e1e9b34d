using System.Text.Json;

namespace Platform.Inference.Protocol;

/// <summary>The parameters of a request that the protocol reserves. Others are for the model's author and mean nothing here.</summary>
internal struct RequestParameters
{
    /// <summary>Whether outputs that do not say otherwise come as raw bytes.</summary>
    public bool BinaryOutput { get; private set; }

    /// <summary>Whether the answer is to tell where the time went; our own parameter.</summary>
    public bool Timings { get; private set; }

    /// <summary>1 is the most urgent; 0 when the request leaves it to the server.</summary>
    public int Priority { get; private set; }

    /// <summary>How long the request may wait for a runner, in microseconds; 0 for as long as it takes.</summary>
    public long TimeoutMicros { get; private set; }

    /// <summary>A raw request has no room for parameters; its outputs are raw as well.</summary>
    public static RequestParameters Raw => new() { BinaryOutput = true };

    /// <summary>Takes the member at which <paramref name="json"/> stands; answers what is wrong with it, or null.</summary>
    public string? Read(ref JsonBody json)
    {
        if (json.NameIs("binary_data_output"u8))
        {
            BinaryOutput = json.TryReadBoolean(out var wanted) && wanted;
            return json.IsBoolean ? null : "The parameter 'binary_data_output' must be a boolean.";
        }

        if (json.NameIs("timings"u8))
        {
            Timings = json.TryReadBoolean(out var wanted) && wanted;
            return json.IsBoolean ? null : "The parameter 'timings' must be a boolean.";
        }

        if (json.NameIs("priority"u8))
        {
            Priority = json.TryReadWhole(out var priority) ? (int)Math.Min(priority, int.MaxValue) : -1;
            return Priority >= 0 ? null : "The parameter 'priority' must be a whole number that is not negative.";
        }

        if (json.NameIs("timeout"u8))
        {
            TimeoutMicros = json.TryReadWhole(out var timeout) ? timeout : -1;
            return TimeoutMicros >= 0 ? null : "The parameter 'timeout' must be a whole number of microseconds that is not negative.";
        }

        return ReadOther(ref json);
    }

    private static string? ReadOther(ref JsonBody json)
    {
        var isSequence = json.NameIs("sequence_id"u8);
        var name = json.Excerpt();
        if (!json.ReadScalar()) return $"The parameter '{name}' must be a string, a number or a boolean.";
        if (!isSequence || (json.Reader.TokenType == JsonTokenType.Number && json.Reader.TryGetInt64(out var id) && id == 0)) return null;
        return "Sequences ('sequence_id') are not supported: no model here keeps state between requests.";
    }
}
