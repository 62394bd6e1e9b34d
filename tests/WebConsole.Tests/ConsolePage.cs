using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Platform.WebConsole.Tests;

/// <summary>A page of the console in a browser, and what the browser had to say of it.</summary>
public sealed class ConsolePage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];

    public ConsolePage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => Add(_complaints, message.Type is "error" or "warning" ? $"{message.Text} {message.Location}" : null);
        page.PageError += (_, error) => Add(_complaints, error);
        page.Request += (_, request) => Add(_requests, request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the browser's console until now: scripts that failed, what the policy refused, answers that were refusals.</summary>
    public IReadOnlyList<string> Complaints => Copy(_complaints);

    /// <summary>The addresses that it asked until now.</summary>
    public IReadOnlyList<string> Requests => Copy(_requests);

    /// <summary>Goes to a page, <c>#/alerts</c> or <c>?lang=zh#/</c>, and waits until everything on it is there.</summary>
    public async Task GoAsync(string address)
    {
        await Page.GotoAsync($"/{address}");
        await UntilDrawnAsync();
    }

    public async Task UntilDrawnAsync()
    {
        await Page.Locator("main h1").WaitForAsync();
        await Assertions.Expect(Page.Locator(".loading")).ToHaveCountAsync(0);
    }

    /// <summary>What hinders people who cannot see it, or not well, or who use no mouse: axe's rules of WCAG 2.2 A and AA.</summary>
    public async Task<IReadOnlyList<string>> HindrancesAsync()
    {
        var result = await Page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") });
        return [.. result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}"))];
    }

    /// <summary>By how many pixels the page is wider than its window.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");

    public ValueTask DisposeAsync() => new(_context.CloseAsync());

    private static void Add(List<string> list, string? text)
    {
        if (text is null) return;
        lock (list) list.Add(text);
    }

    private static List<string> Copy(List<string> list)
    {
        lock (list) return [.. list];
    }
}
