using System.Numerics;

namespace Platform.Explainer.Attribution;

/// <summary>
/// xoshiro256**, seeded through SplitMix64: the same seed gives the same sequence on every machine and runtime version, which
/// <see cref="Random"/> does not promise, and an explanation must be repeatable years later.
/// Source: Blackman &amp; Vigna, Scrambled linear pseudorandom number generators, 2021.
/// </summary>
internal sealed class SeededRandom
{
    private ulong _s0, _s1, _s2, _s3;

    public SeededRandom(long seed)
    {
        var state = unchecked((ulong)seed);
        (_s0, _s1, _s2, _s3) = (SplitMix(ref state), SplitMix(ref state), SplitMix(ref state), SplitMix(ref state));
    }

    /// <summary>A uniform integer in [0, exclusive), without modulo bias (Lemire 2019).</summary>
    public int Next(int exclusive)
    {
        var bound = (ulong)exclusive;
        var high = Math.BigMul(Next(), bound, out var low);
        if (low >= bound)
            return (int)high;

        var threshold = (0UL - bound) % bound;
        while (low < threshold)
            high = Math.BigMul(Next(), bound, out low);
        return (int)high;
    }

    /// <summary>A uniform number in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Fisher–Yates: every order is equally likely.</summary>
    public void Shuffle(Span<int> values)
    {
        for (var last = values.Length - 1; last > 0; last--)
        {
            var other = Next(last + 1);
            (values[last], values[other]) = (values[other], values[last]);
        }
    }

    /// <summary>The numbers 0 to <paramref name="count"/> − 1 in random order.</summary>
    public int[] Permutation(int count)
    {
        var values = new int[count];
        for (var i = 0; i < count; i++)
            values[i] = i;
        Shuffle(values);
        return values;
    }

    private ulong Next()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
