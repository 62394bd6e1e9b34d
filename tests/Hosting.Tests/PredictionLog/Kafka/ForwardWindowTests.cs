using Platform.Hosting.PredictionLog.Kafka;
using Platform.TestKit;

namespace Platform.Hosting.Tests.PredictionLog.Kafka;

public sealed class ForwardWindowTests
{
    private static readonly ForwardMark Start = new("spool", 0, 0, 0, 0);

    [Fact]
    public async Task The_mark_waits_for_the_oldest_record_that_is_not_done()
    {
        using var window = new ForwardWindow(Start, size: 10);
        var (first, second, third) = (await AddAsync(window, 1), await AddAsync(window, 2), await AddAsync(window, 3));

        window.Finish(third, isDelivered: true);
        window.Finish(second, isDelivered: true);
        Assert.Equal(0, window.Mark.Number);
        window.Finish(first, isDelivered: true);

        Assert.Equal(Start with { Address = 300, Number = 3, Delivered = 3 }, window.Mark);
    }

    [Fact]
    public async Task A_gap_in_the_numbers_and_a_refused_record_are_dropped()
    {
        using var window = new ForwardWindow(Start, size: 10);
        var (afterGap, refused) = (await AddAsync(window, 5), await AddAsync(window, 6));

        window.Finish(afterGap, isDelivered: true);
        window.Finish(refused, isDelivered: false);

        Assert.Equal(Start with { Address = 600, Number = 6, Delivered = 1, Dropped = 5 }, window.Mark);
    }

    [Fact]
    public async Task Only_so_many_are_on_their_way_at_once()
    {
        using var window = new ForwardWindow(Start, size: 2);
        var first = await AddAsync(window, 1);
        await AddAsync(window, 2);
        var third = AddAsync(window, 3).AsTask();
        Assert.False(third.IsCompleted);

        window.Finish(first, isDelivered: true);

        await third.PatientlyAsync();
    }

    private static ValueTask<ForwardWindow.Slot> AddAsync(ForwardWindow window, long number) =>
        window.AddAsync(number * 100, number, CancellationToken.None);
}
