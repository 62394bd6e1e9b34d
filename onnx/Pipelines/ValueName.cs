namespace Platform.Onnx.Pipelines;

/// <summary>A value within a pipeline: an input of it, an output of a step, or what is combined.</summary>
/// <param name="Step">The step; <see cref="Input"/> for the pipeline's inputs, <see cref="Combine"/> for what is combined.</param>
/// <param name="Tensor">The tensor.</param>
internal readonly record struct ValueName(string Step, string Tensor)
{
    public const string Input = "input";
    public const string Combine = "combine";

    /// <summary>The most values of which one is to be the first that has a row.</summary>
    public const int MaxAlternatives = 32;

    /// <summary>The one value that is combined.</summary>
    public static ValueName Combined { get; } = new(Combine, "output");

    /// <summary>Null where the text names none.</summary>
    public static ValueName? Parse(string? text)
    {
        var at = text?.IndexOf('.') ?? -1;
        return at > 0 && at < text!.Length - 1 ? new ValueName(text[..at], text[(at + 1)..]) : null;
    }

    /// <summary>The values of which the first that has a row counts; null where one of them is none, or there are too many.</summary>
    public static IReadOnlyList<ValueName>? ParseAlternatives(string? text)
    {
        var texts = (text ?? "").Split('|', MaxAlternatives + 1);
        if (texts.Length > MaxAlternatives) return null;
        var names = texts.Select(name => Parse(name.Trim())).ToList();
        return names.All(name => name is not null) ? [.. names.Select(name => name!.Value)] : null;
    }

    public override string ToString() => $"{Step}.{Tensor}";
}
