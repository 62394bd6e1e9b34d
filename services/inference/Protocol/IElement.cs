namespace Platform.Inference.Protocol;

/// <summary>How one element of a tensor is written in JSON.</summary>
internal interface IElement<T>
{
    /// <summary>Reads the element at <paramref name="position"/>, which moves behind it.</summary>
    static abstract ElementProblem Read(ReadOnlySpan<byte> json, ref int position, out T value);
}
