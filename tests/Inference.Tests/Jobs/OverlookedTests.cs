using Platform.Inference.Jobs;

namespace Platform.Inference.Tests.Jobs;

public sealed class OverlookedTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-01-01T12:00:00Z");

    [Theory]
    [InlineData(0, false)]
    [InlineData(59, false)]
    [InlineData(61, true)]
    public void A_job_is_overlooked_when_one_that_came_a_minute_later_was_begun(int seconds, bool isOverlooked) =>
        Assert.Equal(isOverlooked, JobSweeper.IsOverlooked(new JobRecord { CreatedAt = Noon }, Noon.AddSeconds(seconds)));

    [Fact]
    public void Before_any_job_was_begun_since_the_start_none_is_overlooked() =>
        Assert.False(JobSweeper.IsOverlooked(new JobRecord { CreatedAt = Noon }, default));
}
