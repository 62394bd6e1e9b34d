using Platform.Onnx.Graphs;

namespace Platform.Onnx.Isolation;

/// <summary>What kind of elements a tensor has, as far as it is known.</summary>
internal enum ElementKind
{
    Unknown,

    /// <summary>Floating-point numbers: dividing them never traps.</summary>
    Floating,

    /// <summary>Whole numbers, booleans, texts.</summary>
    Other,
}

/// <summary>What is known of a tensor.</summary>
/// <param name="Kind">Its elements.</param>
/// <param name="FromRequest">Whether its values may be those of a request; sizes of a request's tensors are not.</param>
/// <param name="IsHarmlessDivisor">Whether it is known to hold neither 0 nor -1.</param>
internal readonly record struct ValueFacts(ElementKind Kind, bool FromRequest, bool IsHarmlessDivisor = false)
{
    /// <summary>Of which nothing is known.</summary>
    public static ValueFacts Unknown => new(ElementKind.Unknown, FromRequest: true);

    public static ValueFacts Of(OnnxConstant constant) => new(KindOf(constant.ElementType), FromRequest: false, Divisors.AreHarmless(constant));

    public static ElementKind KindOf(long elementType) => elementType switch
    {
        1 or 10 or 11 or 16 or (>= 17 and <= 20) => ElementKind.Floating,
        (>= 2 and <= 9) or 12 or 13 => ElementKind.Other,
        _ => ElementKind.Unknown,
    };

    /// <summary>The same as one of two, whichever it is.</summary>
    public ValueFacts Or(ValueFacts other) =>
        new(Kind == other.Kind ? Kind : ElementKind.Unknown, FromRequest || other.FromRequest, IsHarmlessDivisor && other.IsHarmlessDivisor);
}
