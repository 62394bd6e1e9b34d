using System.IO.Hashing;
using System.Text;

namespace Platform.Inference.Routing;

/// <summary>
/// Where in a split a request falls: one of <see cref="Count"/> points. A key's point depends on the model and the key alone, so that it is the
/// same on every replica, and for ever.
/// </summary>
internal static class TrafficPoint
{
    /// <summary>How finely traffic is divided: by the millionth.</summary>
    public const int Count = 1_000_000;

    /// <summary>Longer keys take memory of their own to be read.</summary>
    private const int ShortKey = 512;

    /// <summary>The points that a share takes: none for 0, all for 1.</summary>
    public static int PointsOf(double weight) => (int)Math.Round(Math.Clamp(weight, 0, 1) * Count, MidpointRounding.AwayFromZero);

    /// <summary>What a model's keys are hashed with, so that the same key falls elsewhere for another model.</summary>
    public static long SeedOf(string model) => (long)XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(model));

    /// <summary>The point of a key: its hash by XXH64, scaled without a remainder that would favour low points.</summary>
    public static int Of(string key, long seed)
    {
        var length = Encoding.UTF8.GetMaxByteCount(key.Length);
        var bytes = length <= ShortKey ? stackalloc byte[ShortKey] : new byte[length];
        return Of(XxHash64.HashToUInt64(bytes[..Encoding.UTF8.GetBytes(key, bytes)], seed));
    }

    /// <summary>The point of a request without a key: any.</summary>
    public static int Random() => System.Random.Shared.Next(Count);

    private static int Of(ulong hash) => (int)Math.BigMul(hash, Count, out _);
}
