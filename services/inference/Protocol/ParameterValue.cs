namespace Platform.Inference.Protocol;

/// <summary>The value of a parameter, however it came over the wire.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">A <see cref="ParameterKind.Whole"/> number; 1 or 0 for a <see cref="ParameterKind.Boolean"/>.</param>
internal readonly record struct ParameterValue(ParameterKind Kind, long Number = 0)
{
    public static ParameterValue Of(bool value) => new(ParameterKind.Boolean, value ? 1 : 0);

    /// <summary>A whole number; one below 0 counts nothing that is counted here.</summary>
    public static ParameterValue Of(long value) => value < 0 ? new(ParameterKind.OtherNumber) : new(ParameterKind.Whole, value);

    public bool IsTrue => Kind == ParameterKind.Boolean && Number == 1;
}

/// <summary>What a parameter's value is.</summary>
internal enum ParameterKind
{
    /// <summary>No scalar, which every parameter must be.</summary>
    None,
    Boolean,

    /// <summary>A whole number that is not negative.</summary>
    Whole,
    OtherNumber,
    Text,
}
