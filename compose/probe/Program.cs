// The health check of a container whose image has neither shell nor curl: asks one URL and exits with 0 if the answer is a
// success, with 1 if it is not, and with 2 if it was called wrongly.

if (args is not [var url] || !Uri.TryCreate(url, UriKind.Absolute, out var address))
{
    Console.Error.WriteLine("usage: Platform.Probe URL");
    return 2;
}

try
{
    using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
    using var response = await http.GetAsync(address);
    Console.WriteLine(await response.Content.ReadAsStringAsync());
    return response.IsSuccessStatusCode ? 0 : 1;
}
catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
