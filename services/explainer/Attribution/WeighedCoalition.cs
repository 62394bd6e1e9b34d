using System.Numerics;

namespace Platform.Explainer.Attribution;

/// <summary>A coalition among the varying players, with its weight in the fit.</summary>
/// <param name="Members">One bit a player.</param>
/// <param name="Weight">Its Shapley kernel weight, or the share of it that stands for those not drawn.</param>
/// <param name="Group">The group of sampled pairs that it belongs to; −1 where its size is taken whole.</param>
internal sealed record WeighedCoalition(ulong[] Members, double Weight, int Group)
{
    public bool Has(int player) => (Members[player >> 6] >> (player & 63) & 1) != 0;

    /// <summary>Everybody who is not in it.</summary>
    public WeighedCoalition Complement(int players)
    {
        var members = new ulong[Members.Length];
        for (var word = 0; word < members.Length; word++)
            members[word] = ~Members[word] & (ulong)((BigInteger.One << Math.Min(64, players - (word << 6))) - 1);
        return this with { Members = members };
    }
}
