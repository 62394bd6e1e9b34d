using System.Numerics;
using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>Which coalitions the kernel method evaluates, each with its weight.</summary>
/// <param name="Coalitions">In pairs with their complements; neither the empty one nor that of everybody.</param>
/// <param name="Groups">Into how many groups the sampled pairs fall; 0 where none is sampled.</param>
internal sealed record KernelPlan(IReadOnlyList<WeighedCoalition> Coalitions, int Groups)
{
    private const int MostGroups = 10;

    /// <summary>Coalitions beyond twice the features when the request names no budget.</summary>
    private const long DefaultCoalitions = 2048;

    /// <summary>Both ends of every game, and each feature alone and left out.</summary>
    public static long MinimumBudget(CoalitionGame game, int players) => Ends(game) + (2L * players * game.Backgrounds);

    public static KernelPlan For(CoalitionGame game, int players, AttributionSettings settings, SeededRandom random)
    {
        if (players < 2) return new KernelPlan([], 0);
        var budget = settings.Budget ?? Math.Max(
            MinimumBudget(game, players),
            Math.Min(settings.Limits.KernelDefaultBudget, Ends(game) + ((DefaultCoalitions + (2L * players)) * game.Backgrounds)));
        return new Builder(players, (budget - Ends(game)) / game.Backgrounds, random).Build();
    }

    private static long Ends(CoalitionGame game) => 1L + game.Backgrounds;

    private sealed class Builder(int players, long left, SeededRandom random)
    {
        private readonly List<WeighedCoalition> _coalitions = [];
        private readonly double[] _weights = [.. Enumerable.Range(0, (players / 2) + 1).Select(size => size == 0 ? 0 : WeightOf(size, players))];
        private long _left = left;

        public KernelPlan Build()
        {
            var size = 1;
            while (size < _weights.Length && (size == 1 || _left >= CountOf(size))) TakeWhole(size++);
            return size == _weights.Length || _left < 2 ? new KernelPlan(_coalitions, 0) : Sample(size);
        }

        /// <summary>The kernel's weight of all coalitions of a size and of its counterpart together.</summary>
        private static double WeightOf(int size, int players) =>
            (size * 2 == players ? 1.0 : 2.0) * (players - 1) / ((double)size * (players - size));

        private long CountOf(int size)
        {
            var count = BigInteger.One;
            for (var i = 0; i < size && count <= long.MaxValue; i++) count = count * (players - i) / (i + 1);
            return (long)BigInteger.Min(long.MaxValue, size * 2 == players ? count : count * 2);
        }

        private void TakeWhole(int size)
        {
            var count = CountOf(size);
            var weight = _weights[size] / count;
            foreach (var members in Subsets(size))
            {
                var coalition = new WeighedCoalition(members, weight, Group: -1);
                _coalitions.Add(coalition);
                if (size * 2 != players) _coalitions.Add(coalition.Complement(players));
            }

            _left -= count;
        }

        /// <summary>Every subset of a size, in lexicographic order.</summary>
        private IEnumerable<ulong[]> Subsets(int size)
        {
            int[] chosen = [.. Enumerable.Range(0, size)];
            while (true)
            {
                yield return Bits(chosen);
                var last = size - 1;
                while (last >= 0 && chosen[last] == players - size + last) last--;
                if (last < 0) yield break;
                chosen[last]++;
                for (var i = last + 1; i < size; i++) chosen[i] = chosen[i - 1] + 1;
            }
        }

        /// <summary>Pairs drawn by weight of their size; each stands for an equal share of the weight that is left.</summary>
        private KernelPlan Sample(int firstSize)
        {
            var (pairs, weight) = (_left / 2, _weights.AsSpan(firstSize).ToArray().Sum());
            var groups = (int)Math.Min(MostGroups, pairs);
            int[] order = [.. Enumerable.Range(0, players)];
            for (var pair = 0L; pair < pairs; pair++)
            {
                random.Shuffle(order);
                var coalition = new WeighedCoalition(Bits(order.AsSpan(0, DrawSize(firstSize, weight))), weight / (2.0 * pairs), (int)(pair % groups));
                _coalitions.Add(coalition);
                _coalitions.Add(coalition.Complement(players));
            }

            return new KernelPlan(_coalitions, groups);
        }

        private int DrawSize(int firstSize, double weight)
        {
            var point = random.NextDouble() * weight;
            for (var size = firstSize; size < _weights.Length - 1; size++)
            {
                if (point < _weights[size]) return size;
                point -= _weights[size];
            }

            return _weights.Length - 1;
        }

        private ulong[] Bits(ReadOnlySpan<int> chosen)
        {
            var members = new ulong[(players + 63) / 64];
            foreach (var player in chosen) CoalitionBatch.Join(members, player);
            return members;
        }
    }
}
