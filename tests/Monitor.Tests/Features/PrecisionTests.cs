using System.Text.Json;
using Platform.Monitor.Features;
using Platform.Monitor.Records;

namespace Platform.Monitor.Tests.Features;

/// <summary>A reference has more digits than the elements that its numbers become.</summary>
public sealed class PrecisionTests
{
    [Theory]
    [InlineData("FP32", 0.33333334)]
    [InlineData("FP16", 0.3333)]
    [InlineData("BF16", 0.33398438)]
    [InlineData("FP64", 1 / 3.0)]
    public void A_reference_number_is_the_one_that_the_log_writes_of_it(string datatype, double logged)
    {
        var row = TensorReader.ReadRow(JsonSerializer.SerializeToElement<double[]>([1 / 3.0, 2.37, 2.369999885559082, -0.5]), datatype).Numbers(0);

        Assert.Equal(logged, row[0]);
        Assert.Equal(datatype != "FP64", row[1] == row[2]);
        Assert.Equal(-0.5, row[3]);
    }

    [Theory]
    [InlineData("FP32", 1e39)]
    [InlineData("FP16", 7e4)]
    [InlineData("FP32", double.NaN)]
    public void What_the_datatype_cannot_hold_stays_as_it_is(string datatype, double value) =>
        Assert.Equal(value, Precision.AsLogged(value, datatype));

    [Fact]
    public void A_row_is_summarised_as_inference_does_it()
    {
        var third = RowSummary.Of([0, 0.33333334, 0.33333334], isComplete: true, "FP32");

        Assert.Equal(new(0.22222222, 0.15713485, 0, 0.33333334, 0.33333334), third);
    }
}
