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
        Assert.Equal(isOver, new WindowOptions().IsOver(rows, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Bounds_that_contradict_each_other_are_refused_at_start()
    {
        var options = new WindowOptions { MinRows = 300, Size = 200, MinAge = TimeSpan.FromHours(1) };
        var results = new List<ValidationResult>();

        Assert.False(Validator.TryValidateObject(options, new(options), results, validateAllProperties: true));
        Assert.Equal(2, results.Count);
    }
}
