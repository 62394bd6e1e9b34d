using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Platform.Statistics.Metrics;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Fairness;

/// <summary>Measures of fairness as JSON shows them: null where the data leave one undefined.</summary>
internal record FairnessReport
{
    /// <summary>Share of favourable decisions by group.</summary>
    [JsonPropertyName("positive_rate")]
    public required IReadOnlyDictionary<string, double?> PositiveRate { get; init; }

    /// <summary>Rate of the unprivileged group over that of the privileged one.</summary>
    [JsonPropertyName("disparate_impact")]
    public double? DisparateImpact { get; init; }

    /// <summary>Rate of the unprivileged group less that of the privileged one.</summary>
    [JsonPropertyName("statistical_parity_difference")]
    public double? StatisticalParityDifference { get; init; }

    /// <summary>The same for the true positive rates; null without labels.</summary>
    [JsonPropertyName("equal_opportunity_difference")]
    public double? EqualOpportunityDifference { get; init; }

    /// <summary>Mean of that and the same for the false positive rates; null without labels.</summary>
    [JsonPropertyName("average_odds_difference")]
    public double? AverageOddsDifference { get; init; }

    /// <summary>Whether the disparate impact is below four fifths; null where there is none, as without favourable decisions.</summary>
    [JsonPropertyName("violates_four_fifths")]
    public bool? ViolatesFourFifths { get; init; }

    /// <summary>
    /// Whether a group's disparate impact is below four fifths by more than chance, with a small p-value: of a window any group's, else that of
    /// the unprivileged one; null where it is not known, as with few rows. <see cref="Rule"/> says how few and how small.
    /// </summary>
    public bool? Unfair { get; init; }

    /// <summary>When it is unfair, in words; left out of shorter answers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rule { get; init; }

    /// <summary>Rows by group.</summary>
    public IReadOnlyDictionary<string, long>? Support { get; init; }

    /// <summary>Of the difference of the privileged and the unprivileged group's rates, two-sided, by itself.</summary>
    public double? PValue { get; init; }

    /// <summary>fisher_exact with few rows, else z.</summary>
    [AllowedValues("fisher_exact", "z")]
    public required string PValueTest { get; init; }

    /// <param name="found">The measures.</param>
    /// <param name="alpha">The difference of the rates is more than chance below this p-value.</param>
    /// <param name="minRows">Rows of either group below which nothing is concluded.</param>
    public static FairnessReport Of(GroupFairness found, double alpha, int minRows) => new()
    {
        Unfair = found.IsUnfair(alpha, minRows),
        Rule = FormattableString.Invariant(
            $"unfair is a disparate impact below {GroupFairness.FourFifths} with a p-value below {alpha}, of at least {minRows} rows in either group"),
        Support = found.Support,
        PositiveRate = found.PositiveRates.ToDictionary(rate => rate.Key, rate => Finite.OrNull(rate.Value)),
        DisparateImpact = Finite.OrNull(found.DisparateImpact),
        StatisticalParityDifference = Finite.OrNull(found.StatisticalParityDifference),
        EqualOpportunityDifference = Finite.OrNull(found.EqualOpportunityDifference),
        AverageOddsDifference = Finite.OrNull(found.AverageOddsDifference),
        ViolatesFourFifths = found.ViolatesFourFifths,
        PValue = Finite.OrNull(found.PValue),
        PValueTest = found.PValueTest,
    };
}
