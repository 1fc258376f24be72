package pageviews

import (
	"fmt"
	"iter"

	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/sampling"
)

const visitors = 2000

var (
	pages = []string{
		"/",
		"/search",
		"/products/espresso-machine",
		"/products/burr-grinder",
		"/products/kettle-gooseneck",
		"/products/beans-ethiopia-guji",
		"/products/beans-colombia-huila",
		"/products/filter-papers",
		"/cart",
		"/checkout",
		"/account/orders",
		"/blog/how-to-descale",
		"/blog/water-hardness",
		"/help/shipping",
		"/help/returns",
	}
	referrers = []string{
		"",
		"https://www.google.com/",
		"https://duckduckgo.com/",
		"https://www.instagram.com/",
		"https://newsletter.example.com/spring",
	}
	countries = []string{"DE", "US", "GB", "FR", "NL", "SE", "PL", "JP", "BR", "CH"}
)

// samples are of a shop with a few busy visitors and many who look in once.
func samples(source *sampling.Source) iter.Seq[PageViewed] {
	return func(yield func(PageViewed) bool) {
		for {
			visitor := source.Skewed(visitors)
			viewed := PageViewed{
				Base:      event.Sampled(source, "PageViewed"),
				VisitorID: fmt.Sprintf("visitor-%05d", visitor),
				Page:      sampling.Pick(source, pages),
				// People rarely move between two page views.
				Country:    countries[visitor%len(countries)],
				DurationMs: source.LogNormal(9, 1),
			}
			if referrer := sampling.Pick(source, referrers); referrer != "" {
				viewed.Referrer = &referrer
			}
			if !yield(viewed) {
				return
			}
		}
	}
}
