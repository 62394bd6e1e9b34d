namespace Platform.Inference.Protocol;

/// <summary>The parameters of a request that the protocol reserves. Others are for the model's author and mean nothing here.</summary>
internal struct RequestParameters
{
    /// <summary>Whether outputs that do not say otherwise come as raw bytes.</summary>
    public bool BinaryOutput { get; set; }

    /// <summary>Whether the answer is to tell where the time went; our own parameter.</summary>
    public bool Timings { get; private set; }

    /// <summary>1 is the most urgent; 0 when the request leaves it to the server.</summary>
    public int Priority { get; private set; }

    /// <summary>How long the request may wait for a runner, in microseconds; 0 for as long as it takes.</summary>
    public long TimeoutMicros { get; private set; }

    /// <summary>A raw request has no room for parameters; its outputs are raw as well.</summary>
    public static RequestParameters Raw => new() { BinaryOutput = true };

    /// <summary>Takes a parameter; answers what is wrong with it, or null.</summary>
    public string? Take(ReadOnlySpan<byte> name, ParameterValue value)
    {
        if (name.SequenceEqual("binary_data_output"u8))
        {
            BinaryOutput = value.IsTrue;
            return value.Kind == ParameterKind.Boolean ? null : "The parameter 'binary_data_output' must be a boolean.";
        }

        if (name.SequenceEqual("timings"u8))
        {
            Timings = value.IsTrue;
            return value.Kind == ParameterKind.Boolean ? null : "The parameter 'timings' must be a boolean.";
        }

        if (name.SequenceEqual("priority"u8))
        {
            Priority = (int)Math.Min(value.Number, int.MaxValue);
            return value.Kind == ParameterKind.Whole ? null : "The parameter 'priority' must be a whole number that is not negative.";
        }

        if (name.SequenceEqual("timeout"u8))
        {
            TimeoutMicros = value.Number;
            return value.Kind == ParameterKind.Whole ? null : "The parameter 'timeout' must be a whole number of microseconds that is not negative.";
        }

        return CheckOther(name, value);
    }

    /// <summary>What is wrong with a parameter that is no scalar, as it follows an article.</summary>
    public static string NoScalar(ReadOnlySpan<byte> name) => $"parameter '{Excerpts.Of(name)}' must be a string, a number or a boolean.";

    private static string? CheckOther(ReadOnlySpan<byte> name, ParameterValue value)
    {
        if (value.Kind == ParameterKind.None) return $"The {NoScalar(name)}";
        if (!name.SequenceEqual("sequence_id"u8) || value is { Kind: ParameterKind.Whole, Number: 0 }) return null;
        return "Sequences ('sequence_id') are not supported: no model here keeps state between requests.";
    }
}
