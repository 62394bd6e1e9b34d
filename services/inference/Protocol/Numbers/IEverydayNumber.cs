namespace Platform.Inference.Protocol.Numbers;

/// <summary>The forms of a number that clients write every day, and how to read them fast.</summary>
internal interface IEverydayNumber<T>
{
    /// <summary>How many bytes from a number's end on must be there, because they may be looked at.</summary>
    const int Reach = 32;

    /// <summary>Reads the number between two places of a text; false when it is none of an everyday form.</summary>
    static abstract bool TryRead(ref byte text, int start, int end, out T value);
}
