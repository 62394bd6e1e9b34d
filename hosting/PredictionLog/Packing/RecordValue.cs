namespace Platform.Hosting.PredictionLog.Packing;

/// <summary>
/// What can stand between the phrases: a byte that says which, then the value. Lengths, counts and whole numbers are LEB128, 7 bits a byte from the
/// lowest on, the highest bit set on all but the last; FP32 is little-endian. As with <see cref="RecordPhrase"/>, no number ever changes its meaning.
/// </summary>
public enum RecordValue : byte
{
    /// <summary>A length and so many bytes of JSON, taken over as they are.</summary>
    Text = 128,

    /// <summary>A length and so many bytes of UTF-8: a string.</summary>
    String = 129,

    /// <summary>A whole number, not negative.</summary>
    Whole = 130,

    /// <summary>A count and so many whole numbers: an array.</summary>
    Wholes = 131,

    /// <summary>An FP32; null where it is not finite.</summary>
    Single = 132,

    /// <summary>A count and so many FP32: an array.</summary>
    Singles = 133,

    /// <summary>The eight bytes of an XXH3 digest: a string.</summary>
    Digest = 134,

    /// <summary>A time in UTC, in ticks of 100 ns since the year 1, eight bytes little-endian: a string by RFC 3339.</summary>
    Time = 135,
}
