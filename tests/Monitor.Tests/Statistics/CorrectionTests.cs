using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests.Statistics;

public sealed class CorrectionTests
{
    [Fact]
    public void Benjamini_Hochberg_agrees_with_the_reference()
    {
        var expected = Golden.More.GetProperty("benjamini_hochberg");
        var adjusted = Correction.Adjust(Correction.BenjaminiHochberg, expected.GetProperty("pvalues").Numbers());

        Assert.Equal(expected.GetProperty("adjusted").Numbers(), adjusted, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Holm_is_the_closed_test_of_Bonferroni()
    {
        foreach (var expected in Golden.Fairness.GetProperty("holm").EnumerateArray())
        {
            var adjusted = Correction.Adjust(Correction.Holm, expected.GetProperty("pvalues").Numbers());

            Assert.Equal(expected.GetProperty("adjusted").Numbers(), adjusted, (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    [Fact]
    public void Bonferroni_multiplies_by_the_number_of_tests_and_stops_at_one() =>
        Assert.Equal([0.03, 1, 1], Correction.Adjust(Correction.Bonferroni, [0.01, 0.5, 0.4]));

    [Fact]
    public void No_correction_leaves_the_p_values_as_they_are() =>
        Assert.Equal([0.01, 0.5], Correction.Adjust(Correction.None, [0.01, 0.5]));

    [Theory]
    [InlineData(Correction.Bonferroni)]
    [InlineData(Correction.Holm)]
    [InlineData(Correction.BenjaminiHochberg)]
    public void A_test_without_a_p_value_is_not_counted(string method)
    {
        var adjusted = Correction.Adjust(method, [0.01, double.NaN, 0.02]);

        Assert.Equal(0.02, adjusted[0], 12);
        Assert.True(double.IsNaN(adjusted[1]));
    }
}
