using Platform.Inference.Protocol.Numbers;

namespace Platform.Inference.Protocol;

/// <summary>How one element of a tensor is written in JSON.</summary>
internal interface IElement<T>
{
    /// <summary>Reads the element at <paramref name="position"/>, which moves behind it.</summary>
    static abstract ElementProblem Read(ReadOnlySpan<byte> json, ref int position, out T value);

    /// <summary>
    /// Reads as many elements as a type can read faster than one by one, from the beginning of one to behind the last; none
    /// where it has no such way.
    /// </summary>
    static virtual int ReadRun(ReadOnlySpan<byte> json, ref int position, Span<T> target) => 0;
}
