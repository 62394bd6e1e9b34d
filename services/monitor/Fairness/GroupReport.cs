using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Platform.Statistics.Metrics;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Fairness;

/// <summary>How decisions fall on one group; null where the data leave a measure undefined.</summary>
internal sealed record GroupReport
{
    /// <summary>Its name; of groups that meet, all of their names.</summary>
    public required string Group { get; init; }

    /// <summary>reference; compared with it; too_few rows to be judged; or alone, where the reference group has too few.</summary>
    [AllowedValues("reference", "compared", "too_few", "alone")]
    public required string Role { get; init; }

    /// <summary>Rows.</summary>
    public long Support { get; init; }

    /// <summary>Share of favourable decisions.</summary>
    [JsonPropertyName("selection_rate")]
    public double? SelectionRate { get; init; }

    /// <summary>That share over the reference group's.</summary>
    [JsonPropertyName("disparate_impact")]
    public double? DisparateImpact { get; init; }

    /// <summary>That share less the reference group's.</summary>
    [JsonPropertyName("statistical_parity_difference")]
    public double? StatisticalParityDifference { get; init; }

    /// <summary>Of the difference, two-sided.</summary>
    public double? PValue { get; init; }

    /// <summary>fisher_exact with few rows, else z; null without a p-value.</summary>
    [AllowedValues("fisher_exact", "z", null)]
    public string? PValueTest { get; init; }

    /// <summary>The p-value, allowing for all comparisons of the window.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>Whether it gets less than four fifths by more than chance; null where that is not known.</summary>
    public bool? Unfair { get; init; }

    /// <summary>Rows with a label.</summary>
    public long Labelled { get; init; }

    /// <summary>Share of favourable decisions among those to whom the label says that it is due.</summary>
    [JsonPropertyName("true_positive_rate")]
    public double? TruePositiveRate { get; init; }

    /// <summary>The same among those to whom it is not.</summary>
    [JsonPropertyName("false_positive_rate")]
    public double? FalsePositiveRate { get; init; }

    /// <summary>True positive rate less the reference group's.</summary>
    [JsonPropertyName("equal_opportunity_difference")]
    public double? EqualOpportunityDifference { get; init; }

    /// <summary>Mean of that and the same for the false positive rates.</summary>
    [JsonPropertyName("average_odds_difference")]
    public double? AverageOddsDifference { get; init; }

    public static GroupReport Of(ComparedGroup found) => new()
    {
        Group = found.Name,
        Role = found.Role switch
        {
            GroupRole.Reference => "reference", GroupRole.Compared => "compared", GroupRole.TooFew => "too_few", _ => "alone",
        },
        Support = found.Tally.Rows,
        SelectionRate = Finite.OrNull(found.Tally.Rate),
        DisparateImpact = Finite.OrNull(found.DisparateImpact),
        StatisticalParityDifference = Finite.OrNull(found.Difference),
        PValue = Finite.OrNull(found.PValue),
        PValueTest = found.PValueTest,
        AdjustedPValue = Finite.OrNull(found.AdjustedPValue),
        Unfair = found.IsUnfair,
        Labelled = found.Tally.Labelled,
        TruePositiveRate = Finite.OrNull(found.Tally.TruePositiveRate),
        FalsePositiveRate = Finite.OrNull(found.Tally.FalsePositiveRate),
        EqualOpportunityDifference = Finite.OrNull(found.EqualOpportunityDifference),
        AverageOddsDifference = Finite.OrNull(found.AverageOddsDifference),
    };
}
