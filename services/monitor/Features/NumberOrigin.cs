namespace Platform.Monitor.Features;

/// <summary>
/// Where a feature's 64-bit whole numbers are counted from. Beyond 2^53 a double does not tell neighbours apart, but it does tell
/// apart how far they are from the first of them; and no test of drift, range or spread asks where the numbers begin.
/// </summary>
internal sealed class NumberOrigin
{
    // Half of what a double holds exactly, so that what comes near to that is counted from close by, too.
    private static readonly Int128 Large = (Int128)1 << 52;

    private Int128? _origin;

    /// <summary>How far the number is from the origin, which the first number decides: 0, or that number where it is large.</summary>
    public double DistanceTo(Int128 number)
    {
        var origin = _origin ??= Int128.Abs(number) < Large ? 0 : number;
        return (double)(number - origin);
    }

    /// <summary>The same of a number with a fraction; as the first it makes the origin 0.</summary>
    public double DistanceTo(double number)
    {
        var origin = _origin ??= 0;
        return origin == 0 ? number : number - (double)origin;
    }

    /// <summary>The number at that distance, for people to read.</summary>
    public double At(double distance) => _origin is { } origin && origin != 0 ? (double)origin + distance : distance;

    /// <summary>The whole number at that distance; null where none was counted.</summary>
    public Int128? WholeAt(double distance) =>
        _origin is { } origin && double.IsInteger(distance) ? origin + (Int128)distance : null;
}
