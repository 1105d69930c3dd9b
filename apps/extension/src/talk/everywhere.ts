/** What a browser asks for before it lets pictures be taken: no less than all sites, wherever they are taken. What is recorded does not grow by it. */
export const everywhere = '<all_urls>'
