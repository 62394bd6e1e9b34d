using Platform.Supervisor.Keeping;

namespace Platform.Supervisor.Tests.Keeping;

public sealed class BackOffTests
{
    [Fact]
    public void Each_short_run_doubles_the_wait_up_to_half_a_minute()
    {
        var backOff = new BackOff();
        var waits = Enumerable.Range(0, 9).Select(_ => backOff.After(TimeSpan.Zero).TotalSeconds);
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30, 30], waits);
    }

    [Fact]
    public void After_a_good_run_the_wait_is_short_again()
    {
        var backOff = new BackOff();
        for (var i = 0; i < 5; i++) backOff.After(TimeSpan.FromSeconds(1));
        Assert.Equal(0.5, backOff.After(TimeSpan.FromMinutes(1)).TotalSeconds);
    }
}
