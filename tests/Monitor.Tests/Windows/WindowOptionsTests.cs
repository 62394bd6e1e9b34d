using System.ComponentModel.DataAnnotations;
using Platform.Monitor.Windows;

namespace Platform.Monitor.Tests.Windows;

public sealed class WindowOptionsTests
{
    [Theory]
    [InlineData(0, 3600, false)]
    [InlineData(199, 29, false)]
    [InlineData(200, 5, true)]
    [InlineData(200, 4, false)]
    [InlineData(5000, 0, true)]
    [InlineData(50, 30, true)]
    [InlineData(49, 599, false)]
    [InlineData(1, 600, true)]
    public void A_window_ends_by_rows_or_by_age(int rows, int seconds, bool isOver) =>
        Assert.Equal(isOver, new WindowOptions().IsOver(rows, capacity: 5000, TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, 5000)]
    [InlineData(20, 5000)]
    [InlineData(1000, 1000)]
    [InlineData(2_000_000, 1)]
    public void A_wide_model_has_shorter_windows(int features, int rows) => Assert.Equal(rows, new WindowOptions().CapacityFor(features));

    [Fact]
    public void Bounds_that_contradict_each_other_are_refused_at_start()
    {
        var options = new WindowOptions { MinRows = 300, Size = 200, MinAge = TimeSpan.FromHours(1) };
        var results = new List<ValidationResult>();

        Assert.False(Validator.TryValidateObject(options, new(options), results, validateAllProperties: true));
        Assert.Equal(2, results.Count);
    }
}
