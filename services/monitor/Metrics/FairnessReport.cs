using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Platform.Monitor.Statistics;

namespace Platform.Monitor.Metrics;

/// <summary>Measures of fairness as JSON shows them: null where the data leave one undefined.</summary>
internal sealed record FairnessReport
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

    /// <summary>Of the difference of the rates, two-sided.</summary>
    public double? PValue { get; init; }

    /// <summary>fisher_exact with few rows, else z.</summary>
    [AllowedValues("fisher_exact", "z")]
    public required string PValueTest { get; init; }

    public static FairnessReport Of(GroupFairness found) => new()
    {
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
